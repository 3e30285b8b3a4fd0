"""Laws of statistics without a lost digit."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st

from harness.stats import TIME_STATISTICS, exact_statistics

TIMES = st.lists(st.integers(0, 10**11), min_size=1, max_size=60)


@given(TIMES)
def test_statistics_are_numpys(times: list[int]):
    """Mean and type 7 quantiles, as numpy has them."""
    values = np.array(times, dtype=np.int64)
    found = exact_statistics(values)
    assert tuple(found) == TIME_STATISTICS
    expected = [values.mean(), *np.quantile(values, [0.5, 0.95, 0.99])]
    assert [float(value) for value in found.values()] == pytest.approx(expected, rel=1e-9)


def test_nothing_is_rounded():
    """A third stays a third, and a quantile between two nanoseconds lies between them."""
    found = exact_statistics(np.array([3, 1, 1]))
    assert found["mean"] == Fraction(5, 3)
    assert found["p95"] == 1 + Fraction(9, 10) * 2


def test_no_times_have_no_statistics():
    """Nothing is made up for nobody."""
    with pytest.raises(ValueError, match="no times"):
        exact_statistics(np.array([], dtype=np.int64))
