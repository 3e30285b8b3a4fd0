"""Laws of the worst hour."""

import pytest
from hypothesis import given, strategies as st

from harness.stats.worst_hour import WorstHour, worst_hour


def test_no_calls_have_no_worst_hour():
    """Zero of them, from nowhere."""
    assert worst_hour([]) == WorstHour(0, None)


@pytest.mark.parametrize(
    ("calls_s", "expected"),
    [
        ([0.0], WorstHour(1, 0.0)),
        ([0.0, 3_600.0], WorstHour(1, 0.0)),
        ([0.0, 3_599.999], WorstHour(2, 0.0)),
        ([0.0, 2_700.0, 3_600.0, 6_300.0, 7_200.0], WorstHour(2, 0.0)),
        ([0.0, 2_700.0, 3_599.9, 6_300.0], WorstHour(3, 0.0)),
        ([7_000.0, 100.0, 7_100.0, 7_200.0], WorstHour(3, 7_000.0)),
    ],
    ids=["one", "an hour apart", "just less", "on the edge", "over it", "unordered"],
)
def test_the_window_slides_and_is_half_open(calls_s, expected):
    """An hour of the clock would miss what lies across two of them."""
    assert worst_hour(calls_s) == expected


@given(st.lists(st.integers(0, 20_000), max_size=60), st.integers(1, 5_000))
def test_equals_the_count_of_all_windows(calls, window_s):
    """The oracle cuts out every window that begins with a call, and counts."""
    brute = max((sum(0 <= b - a < window_s for b in calls) for a in calls), default=0)
    assert worst_hour(map(float, calls), window_s=window_s).calls == brute
