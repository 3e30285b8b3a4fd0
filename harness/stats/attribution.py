"""Where the mean payment time goes: critical seconds by stage, additive, comparable by arrival.

A stage counts with its part of the critical path, and 0 where it is off the path or absent. So the
stages and the unaccounted rest of a variant sum to its mean payment time, and the changes of the
stages sum to the change of the whole. That is not so for quantiles, nor for durations of stages
that overlap.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harness.stats.bootstrap import MIN_N, Interval, percentile_interval, resample_means

__all__ = ["UNACCOUNTED", "MeanChange", "change_of_means", "critical_seconds"]

UNACCOUNTED = "unaccounted"
"""Name of what no stage on the critical path explains."""


@dataclass(frozen=True, slots=True)
class MeanChange:
    """Hold the change of a mean per payment, seconds; negative where time was saved."""

    difference_s: float
    interval_s: Interval | None


def critical_seconds(
    critical_ns: NDArray[np.int64], total_ns: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return critical parts with the unaccounted rest as last column, in seconds.

    Args:
        critical_ns: (payments, stages).
        total_ns: (payments,) payment times.
    """
    rest_ns = total_ns - critical_ns.sum(axis=1)
    return np.column_stack([critical_ns, rest_ns]) / 1e9


def change_of_means(
    baseline_s: NDArray[np.float64],
    candidate_s: NDArray[np.float64],
    *,
    rng: np.random.Generator,
) -> list[MeanChange]:
    """Compare the column means of two (n, k) tables whose rows are the same arrivals.

    Raises:
        ValueError: the shapes differ.
    """
    if baseline_s.shape != candidate_s.shape:
        raise ValueError(f"{baseline_s.shape} and {candidate_s.shape} do not pair up")
    differences_s = candidate_s - baseline_s
    n, columns = differences_s.shape
    if n == 0:
        return []
    means_s = differences_s.mean(axis=0)
    if n < MIN_N:
        return [MeanChange(float(mean_s), None) for mean_s in means_s]
    resampled_s = resample_means(differences_s, rng=rng)
    return [
        MeanChange(float(means_s[column]), percentile_interval(resampled_s[:, column]))
        for column in range(columns)
    ]
