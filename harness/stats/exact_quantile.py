"""Means and quantiles of whole nanoseconds as fractions: no digit is lost, so shares add up."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEVELS", "TIME_STATISTICS", "exact_statistics"]

LEVELS: dict[str, Fraction] = {
    "p50": Fraction(1, 2),
    "p95": Fraction(95, 100),
    "p99": Fraction(99, 100),
}
"""Level of each quantile, exactly."""

TIME_STATISTICS = ("mean", *LEVELS)
"""Statistics of payment times that are shared out, in the order in which they are shown."""


def exact_statistics(times_ns: NDArray[np.int64]) -> dict[str, Fraction]:
    """Return mean and quantiles (type 7, as `harness.stats.quantile`), ns, by name.

    Args:
        times_ns: (n,) in any order, n ≥ 1.

    Raises:
        ValueError: there are none.
    """
    if times_ns.size == 0:
        raise ValueError("no times have no statistics")
    ascending: list[int] = np.sort(times_ns).tolist()
    statistics = {"mean": Fraction(sum(ascending), len(ascending))}
    for name, level in LEVELS.items():
        statistics[name] = _quantile(ascending, level)
    return statistics


def _quantile(ascending: Sequence[int], level: Fraction) -> Fraction:
    last = len(ascending) - 1
    h = last * level
    below = int(h)
    low, high = ascending[below], ascending[min(below + 1, last)]
    return low + (h - below) * (high - low)
