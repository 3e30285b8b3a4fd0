"""Laws of sensitivity."""

import pytest
from hypothesis import given, strategies as st

from harness.stats.sensitivity import Robustness, examine_conclusion


def test_a_conclusion_that_always_holds_never_flips():
    """Payment times of 2 to 2.8 s stay under 3 s."""
    found = examine_conclusion([0.5, 1, 2], [2.0, 2.4, 2.8], limit=3, at_most=True)
    assert found == Robustness(True, False, 2.0, 2.8, ())


def test_where_it_flips_is_found_on_the_straight_line_between():
    """From 2.5 s at ×1 to 3.5 s at ×2, three seconds are crossed at ×1.5."""
    found = examine_conclusion([0.5, 1, 2], [2.0, 2.5, 3.5], limit=3, at_most=True)
    assert found.flips_at == (1.5,)
    assert not found.holds
    assert not found.fails


def test_a_lower_limit_works_the_other_way_round():
    """At least 60 % saved: from 0.7 down to 0.5, crossed in the middle."""
    found = examine_conclusion([1, 2], [0.7, 0.5], limit=0.6, at_most=False)
    assert found.flips_at == pytest.approx((1.5,))


def test_on_the_limit_it_holds():
    """Two token calls an hour are allowed."""
    assert examine_conclusion([1, 2], [2, 2], limit=2, at_most=True).holds
    assert examine_conclusion([1], [2], limit=2, at_most=False).holds


def test_what_is_never_true_fails_and_never_flips():
    """It did not stand in the first place."""
    found = examine_conclusion([1, 2], [5, 6], limit=3, at_most=True)
    assert found.fails
    assert found.flips_at == ()


def test_it_may_flip_more_than_once():
    """Faster in the middle, slower at both ends."""
    found = examine_conclusion([0, 1, 2], [4, 2, 4], limit=3, at_most=True)
    assert found.flips_at == (0.5, 1.5)


@pytest.mark.parametrize(("values", "quantities"), [([], []), ([1], []), ([1, 2], [1])])
def test_values_and_quantities_pair_up(values, quantities):
    """Anything else is a mistake of ours."""
    with pytest.raises(ValueError, match="pair up"):
        examine_conclusion(values, quantities, limit=1, at_most=True)


@given(
    st.lists(st.integers(-50, 50), min_size=1, max_size=12),
    st.integers(-50, 50),
    st.booleans(),
)
def test_it_flips_exactly_where_sides_change(quantities, limit, at_most):
    """As many flips as neighbours on different sides, each between its two values."""
    values = list(range(len(quantities)))
    found = examine_conclusion(values, quantities, limit=limit, at_most=at_most)
    sides = [q <= limit if at_most else q >= limit for q in quantities]
    changes = [i for i in range(len(sides) - 1) if sides[i] != sides[i + 1]]
    assert len(found.flips_at) == len(changes)
    for at, change in zip(found.flips_at, changes, strict=True):
        assert change <= at <= change + 1
    assert found.holds == all(sides)
    assert found.fails == (not any(sides))
