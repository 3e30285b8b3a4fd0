"""The critical path against worked examples and a walk in plain words."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, strategies as st

from harness.stats import critical_parts
from harness.stats.critical_path import TOUCH_NS

MS = 1_000_000
Span = tuple[int, int]


def _parts(spans: list[Span], end: int) -> list[int]:
    """Return critical ns of the stages of one request."""
    on_path, critical = _both(spans, end)
    assert all(part == 0 for part, on in zip(critical, on_path, strict=True) if not on)
    return critical


def _both(spans: list[Span], end: int) -> tuple[list[bool], list[int]]:
    starts, ends = (np.array([span[i] for span in spans], dtype=np.int64) for i in (0, 1))
    on_path, critical = critical_parts(
        np.zeros(len(spans), dtype=np.int64),
        starts,
        ends,
        request_end_ns=np.full(len(spans), end, dtype=np.int64),
    )
    return on_path.tolist(), critical.tolist()


@pytest.mark.parametrize(
    ("spans", "end", "expected"),
    [
        ([(0, 10), (10, 30), (30, 35)], 40, [10, 20, 5]),
        ([(0, 25), (0, 30), (0, 20), (30, 40)], 40, [0, 30, 0, 10]),
        ([(0, 100), (0, 25), (25, 35)], 110, [100, 0, 0]),
        ([(0, 10), (50, 60)], 100, [10, 10]),
        ([(0, 60), (40, 90)], 100, [0, 50]),
        ([(10, 20), (30, 40), (20, 30)], 40, [10, 10, 10]),
        ([(0, 10), (5, 200)], 100, [0, 95]),
        ([(0, 10), (150, 200)], 100, [10, 0]),
    ],
    ids=[
        "in turn",
        "three validations side by side, then a write",
        "create beside validation and write",
        "a gap is unaccounted",
        "what still ran when its successor began is beside the path",
        "order of rows does not matter",
        "a stage reported beyond the end is cut there",
        "a stage after the end does not count",
    ],
)
def test_path_of_worked_examples(spans: list[Span], end: int, expected: list[int]) -> None:
    """Worked out by hand, in milliseconds."""
    found = _parts([(a * MS, b * MS) for a, b in spans], end * MS)
    assert found == [part * MS for part in expected]


def test_rounded_headers_still_form_a_chain() -> None:
    """Stages that overlap by no more than a rounding are one after the other, and never overlap."""
    spans = [(0, 53_200_000), (53_100_000, 153_000_000)]
    assert _parts(spans, 160 * MS) == [53_100_000, 99_900_000]
    spans[0] = (0, 53_100_000 + TOUCH_NS + 1)
    assert _parts(spans, 160 * MS) == [0, 99_900_000]


def test_a_stage_of_no_length_is_on_the_path_and_costs_nothing() -> None:
    """With a profile of no delays a stage may take no time at all."""
    on_path, critical = _both([(0, 0), (0, 10)], 10)
    assert on_path == [True, True]
    assert critical == [0, 10]


def test_no_stages_have_no_path() -> None:
    """A backend without stages is no error."""
    assert _parts([], 10) == []


def test_requests_do_not_disturb_each_other() -> None:
    """Rows of several requests, shuffled, give what each gives alone."""
    request = np.array([1, 0, 1, 0])
    start = np.array([0, 5, 4, 0])
    end = np.array([4, 9, 20, 5])
    limit = np.array([20, 9, 20, 9])
    on_path, critical = critical_parts(request, start, end, request_end_ns=limit)
    assert on_path.all()
    assert critical.tolist() == [4, 4, 16, 5]


_spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 20)).map(
        lambda pair: (pair[0] * MS, (pair[0] + pair[1]) * MS)
    ),
    max_size=12,
)


@given(_spans, st.integers(0, 70))
def test_parts_agree_with_a_walk_in_plain_words(spans: list[Span], end_ms: int) -> None:
    """Walk back: of what had ended when the cursor's stage began, take what ended last."""
    end = end_ms * MS
    expected = [0] * len(spans)
    cursor = end
    left = sorted(range(len(spans)), key=lambda i: (-spans[i][1], spans[i][0]))
    for i in left:
        begin, over = spans[i][0], min(spans[i][1], end)
        if over <= cursor and begin <= cursor:
            expected[i] = over - begin
            cursor = begin
    assert _parts(spans, end) == expected


@given(
    st.lists(st.tuples(st.integers(0, 5 * MS), st.integers(0, 5 * MS)), max_size=12),
    st.integers(0, 8 * MS),
)
def test_path_never_exceeds_the_request(pairs: list[Span], end: int) -> None:
    """Σ critical ≤ response time, whatever a backend sends, so unaccounted is never negative."""
    spans = [(begin, begin + length) for begin, length in pairs]
    parts = _parts(spans, end)
    assert all(part >= 0 for part in parts)
    assert sum(parts) <= end


@given(st.lists(st.integers(0, 5 * MS), min_size=1, max_size=10))
def test_a_chain_without_gaps_is_critical_as_a_whole(lengths: list[int]) -> None:
    """Stages in turn add up to the request exactly."""
    edges = np.concatenate([[0], np.cumsum(lengths)]).tolist()
    spans = list(pairwise(edges))
    assert sum(_parts(spans, edges[-1])) == edges[-1]
