"""Laws of differences."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats as oracle

from harness.gate.difference import difference_interval, family_widening
from harness.stats import Interval

NUMBERS = st.floats(min_value=0, max_value=1e3)


def test_normal_estimates_give_the_textbooks_interval():
    """With symmetric intervals the method is the familiar root of summed squares."""
    change = difference_interval(
        5.0, Interval(4.7, 5.3), baseline=3.0, baseline_interval=Interval(2.6, 3.4)
    )
    assert (change.low, change.high) == pytest.approx((1.5, 2.5))


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_difference_lies_within_its_interval(value, down, up, base, base_down, base_up):
    """However skewed the two are; and widening keeps what was inside."""
    both = {
        "baseline": base,
        "baseline_interval": Interval(base - base_down, base + base_up),
    }
    mine = Interval(value - down, value + up)
    change = difference_interval(value, mine, **both)
    assert change.low <= value - base <= change.high
    wide = difference_interval(value, mine, **both, widening=2.0)
    assert wide.low <= change.low <= change.high <= wide.high


def test_estimate_outside_its_own_interval_adds_nothing():
    """A percentile interval of a quantile may miss it by a hair."""
    change = difference_interval(
        5.0, Interval(5.1, 5.3), baseline=3.0, baseline_interval=Interval(2.0, 2.9)
    )
    assert change.low == 2.0
    assert change.high == pytest.approx(2.0 + np.hypot(0.3, 1.0))


@pytest.mark.parametrize("comparisons", [1, 2, 48, 224])
def test_widening_is_bonferronis(comparisons):
    """So that all comparisons together err as seldom as one alone."""
    alone, family = oracle.norm.isf(0.025), oracle.norm.isf(0.025 / comparisons)
    assert family_widening(comparisons, confidence=0.95) == pytest.approx(family / alone)
