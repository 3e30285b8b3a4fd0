"""Slack against worked examples, and against its own definition."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from harness.stats import critical_parts, slack_of
from harness.stats.critical_path import TOUCH_NS

MS = 1_000_000
Span = tuple[int, int]


def _arrays(spans: list[Span]) -> tuple[np.ndarray, np.ndarray]:
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)


def _path(spans: list[Span], end: int) -> tuple[list[bool], list[int]]:
    starts, ends = _arrays(spans)
    on_path, critical = critical_parts(
        np.zeros(len(spans), dtype=np.int64),
        starts,
        ends,
        request_end_ns=np.full(len(spans), end, dtype=np.int64),
    )
    return on_path.tolist(), critical.tolist()


def _slack(spans: list[Span], end: int) -> list[int]:
    starts, ends = _arrays(spans)
    on_path = np.array(_path(spans, end)[0], dtype=np.bool_)
    zeros = np.zeros(len(spans), dtype=np.int64)
    return slack_of(zeros, starts, ends, on_path=on_path).tolist()


@pytest.mark.parametrize(
    ("spans", "end", "expected"),
    [
        ([(0, 10), (10, 30), (30, 35)], 40, [0, 0, 0]),
        ([(0, 25), (0, 30), (0, 20), (30, 40)], 40, [5, 0, 10, 0]),
        ([(0, 100), (0, 25), (25, 35)], 110, [0, 65, 65]),
        ([(0, 100), (0, 20), (0, 25), (25, 35)], 110, [0, 70, 65, 65]),
        ([(0, 60), (40, 90)], 100, [30, 0]),
        ([(0, 10), (95, 100)], 100, [0, 0]),
        ([(30, 40), (0, 20), (0, 30), (0, 25)], 40, [0, 10, 0, 5]),
        ([(5, 5)], 40, [0]),
    ],
    ids=[
        "in turn nothing has any",
        "three validations side by side wait for the longest",
        "a chain beside create shares what create leaves it",
        "inside such a chain the shorter one has its own on top",
        "who runs into its successor may run to the end of the path",
        "a gap between two of the path is no slack",
        "order of rows does not matter",
        "a lone stage is the path",
    ],
)
def test_slack_of_worked_examples(spans: list[Span], end: int, expected: list[int]) -> None:
    """Worked out by hand, in milliseconds."""
    found = _slack([(a * MS, b * MS) for a, b in spans], end * MS)
    assert found == [part * MS for part in expected]


def test_rounded_ends_still_come_before() -> None:
    """A stage that seems to end a rounding error late has the slack of one that does not."""
    spans = [(0, 30 * MS), (0, 20 * MS + TOUCH_NS // 2), (20 * MS, 25 * MS), (30 * MS, 40 * MS)]
    assert _slack(spans, 40 * MS)[1] == 5 * MS - TOUCH_NS // 2


def test_requests_do_not_lend_each_other_slack() -> None:
    """Rows of several requests, mixed, are as the rows of each alone."""
    first = [(0, 25 * MS), (0, 30 * MS), (30 * MS, 40 * MS)]
    second = [(0, 100 * MS), (0, 35 * MS)]
    request = np.array([0, 1, 0, 1, 0])
    spans = [first[0], second[0], first[1], second[1], first[2]]
    starts, ends = _arrays(spans)
    on_path = np.array([False, True, True, False, True])
    found = slack_of(request, starts, ends, on_path=on_path).tolist()
    assert found == [5 * MS, 0, 0, 65 * MS, 0]


def test_nothing_has_no_slack() -> None:
    """No stages, no rows."""
    none = np.zeros(0, dtype=np.int64)
    assert slack_of(none, none, none, on_path=none.astype(np.bool_)).size == 0


SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda s: (s[0] * MS, sum(s) * MS)),
    min_size=1,
    max_size=7,
)


@settings(max_examples=200, deadline=None)
@given(SPANS)
def test_a_stage_that_takes_its_slack_longer_moves_nobody_on_the_path(spans: list[Span]) -> None:
    """What comes after it, and has to, begins no later than it could before."""
    end = max(span[1] for span in spans)
    slack = _slack(spans, end)
    on_path, _ = _path(spans, end)
    assert all(value >= 0 for value in slack)
    for row, (_, stop) in enumerate(spans):
        if on_path[row]:
            assert slack[row] == 0
            continue
        assert stop + slack[row] <= end
        for other, (start, _) in enumerate(spans):
            if start >= stop - TOUCH_NS and other != row and on_path[other]:
                assert stop + slack[row] <= max(start, stop)
