"""Laws of what each optimization saves of a figure."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from harness.stats import allot


def test_a_figure_that_goes_down_is_saved():
    """Savings are above 0 where the figure fell, and sum to the whole fall."""
    allotment = allot([10, 8, 7, 6])
    assert (allotment.before, allotment.after, allotment.saved) == (10, 6, 4)
    assert allotment.alone == (2, 3)
    assert allotment.left_out == (1, 2)
    assert allotment.shares == (Fraction(3, 2), Fraction(5, 2))
    assert allotment.interactions == ((0, -1), (-1, 0))


def test_a_figure_that_goes_up_is_no_saving():
    """An optimization that costs has a share below 0."""
    assert allot([1, 4]).shares == (-3,)


def test_who_does_nothing_alone_and_something_with_another_shows_in_the_interaction():
    """Prefetch without a cache warms nothing; beside one it saves a second."""
    cache, prefetch = 0b01, 0b10
    figure = {0: 8, cache: 4, prefetch: 8, cache | prefetch: 3}
    allotment = allot([figure[c] for c in range(4)])
    assert allotment.alone[1] == 0
    assert allotment.shares[1] == Fraction(1, 2)
    assert allotment.interactions[0][1] == 1


@given(st.lists(st.floats(0, 1e5), min_size=16, max_size=16))
def test_shares_sum_to_what_is_saved(figure: list[float]):
    """Efficiency holds for figures as they are measured."""
    allotment = allot(figure)
    assert sum(allotment.shares) == allotment.saved


def test_a_gap_in_the_figures_is_refused():
    """Every coalition must have been measured."""
    with pytest.raises(ValueError, match="coalitions"):
        allot([1, 2, 3])
