"""The payment that stands for all."""

import numpy as np

from harness.stats import typical_column


def test_typical_payment_of_one_variant_is_its_median() -> None:
    """With one variant, nearest to the median is the median."""
    assert typical_column(np.array([[5.0, 1.0, 3.0, 2.0, 4.0]])) == 2


def test_a_lucky_payment_is_not_typical() -> None:
    """Being the median of one variant is not enough if it is extreme in another."""
    times = np.array([[1.0, 2.0, 3.0, 4.0, 5.0], [9.0, 4.0, 0.5, 3.0, 2.0]])
    assert typical_column(times) == 1


def test_spread_does_not_weigh() -> None:
    """Seconds and minutes count alike: distances are ranks."""
    times = np.array([[1.0, 2.0, 3.0], [300.0, 200.0, 100.0]])
    assert typical_column(times) == 1


def test_of_equals_the_first_is_shown() -> None:
    """The choice is the same on every machine."""
    assert typical_column(np.array([[1.0, 1.0]])) == 0


def test_no_payments_have_no_typical_one() -> None:
    """Neither without variants nor without arrivals."""
    assert typical_column(np.zeros((0, 4))) is None
    assert typical_column(np.zeros((3, 0))) is None
