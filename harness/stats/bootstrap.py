"""The circular block bootstrap: how much a statistic would vary had other shoppers come.

Neighbouring payments are not independent: an expired token makes every payment wait that arrives
while the new one is on its way, and a slow moment of the machine lasts longer than one payment. So
whole blocks of consecutive arrivals are drawn, on a circle so that each arrival is as likely as any
other. Source: D. N. Politis, J. P. Romano, "A circular block-resampling procedure for stationary
data" (1992), in Exploring the Limits of Bootstrap, 263-270. The length of a block is n^(1/3), the
rate found optimal for variances by P. Hall, J. L. Horowitz, B.-Y. Jing, "On blocking rules for the
bootstrap with dependent data", Biometrika 82 (1995), 561-574. The interval is the percentile
interval (B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), section 13.3).

Assumed: what is resampled is stationary (no drift over the run), and dependence is short against a
run. Series that are resampled together keep their pairing, because they share the drawn blocks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

import numpy as np
from numpy.typing import NDArray

from harness.stats.quantile import quantile_of_sorted

__all__ = [
    "CONFIDENCE",
    "MIN_N",
    "Interval",
    "Statistic",
    "block_length",
    "estimate_interval",
    "percentile_interval",
    "resample_count",
    "resample_means",
    "resample_statistics",
]

CONFIDENCE = 0.95
"""Share of repetitions of the run whose interval would hold the true value."""

MIN_N = 20
"""Fewer payments than this carry no interval: there are too few different resamples."""

_MOST_RESAMPLES = 2000
_LEAST_RESAMPLES = 400
_WORK_VALUES = 4_000_000
"""Values drawn per statistic before resamples are saved: the ends of an interval rest on 10 to 50
resamples either way, and a report of a million samples stays within its seconds."""

_CHUNK_VALUES = 1 << 20
"""Values held at once, so that memory does not grow with the number of resamples."""


class Statistic(StrEnum):
    """Name what is resampled."""

    MEAN = "mean"
    P50 = "p50"
    P90 = "p90"
    P95 = "p95"

    @property
    def level(self) -> float | None:
        """Level of the quantile in [0, 1]; None for the mean."""
        return {"mean": None, "p50": 0.5, "p90": 0.9, "p95": 0.95}[self.value]


@dataclass(frozen=True, slots=True)
class Interval:
    """Hold a confidence interval in the unit of its estimate, `low` ≤ `high`."""

    low: float
    high: float
    confidence: float = CONFIDENCE


def block_length(n: int) -> int:
    """Return how many consecutive arrivals of `n` are drawn as one block."""
    # The cube root of a cube is not exact in floating point; ⌈·⌉ must not notice.
    return max(1, ceil(round(float(n ** (1 / 3)), 9)))


def resample_count(n: int) -> int:
    """Return how many resamples are drawn of a series of `n`."""
    return min(_MOST_RESAMPLES, max(_LEAST_RESAMPLES, _WORK_VALUES // max(n, 1)))


def resample_statistics(
    series: NDArray[np.float64],
    *,
    statistics: tuple[Statistic, ...],
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Return the statistics of resamples of series that were measured on the same arrivals.

    Args:
        series: (k, n) values in order of arrival, n ≥ 1; column i is the same arrival in each row.
        statistics: what to compute.
        rng: seeded by the caller.

    Returns:
        (resamples, k, len(statistics)).
    """
    k, n = series.shape
    # Ranks instead of values: integers sort several times faster, and map back exactly.
    ascending = np.sort(series, axis=1)
    ranks = np.empty((k, n), dtype=np.int32)
    np.put_along_axis(
        ranks, np.argsort(series, axis=1, kind="stable"), np.arange(n, dtype=np.int32)[None], axis=1
    )
    parts = []
    for starts in _block_starts(n, resamples=resample_count(n), rng=rng):
        part = np.empty((len(starts), k, len(statistics)))
        for row in range(k):
            drawn = np.sort(_gather(ranks[row], starts), axis=1)
            for column, statistic in enumerate(statistics):
                part[:, row, column] = _statistic(drawn, ascending[row], statistic)
        parts.append(part)
    return np.concatenate(parts)


def resample_means(rows: NDArray[np.float64], *, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the column means of resamples of `rows`, (n, k) in order of arrival: (resamples, k).

    Means of sums of whole blocks: much cheaper than drawing values, for many columns at once.
    """
    n, k = rows.shape
    length = block_length(n)
    cumulated = np.zeros((n + length, k))
    np.cumsum(np.concatenate([rows, rows[: length - 1]]), axis=0, out=cumulated[1:])
    block_sums = cumulated[length:] - cumulated[:-length]
    parts = [
        block_sums[starts].sum(axis=1) / (starts.shape[1] * length)
        for starts in _block_starts(n, resamples=resample_count(n), rng=rng)
    ]
    return np.concatenate(parts)


def estimate_interval(
    values: NDArray[np.float64], statistic: Statistic, *, rng: np.random.Generator
) -> Interval | None:
    """Return the interval of a statistic of one series in order of arrival; None below `MIN_N`."""
    if values.size < MIN_N:
        return None
    resampled = resample_statistics(values[None], statistics=(statistic,), rng=rng)
    return percentile_interval(resampled[:, 0, 0])


def percentile_interval(
    resampled: NDArray[np.float64], *, confidence: float = CONFIDENCE
) -> Interval | None:
    """Return the central `confidence` of resampled values; None if any of them does not exist."""
    if resampled.size == 0 or not np.isfinite(resampled).all():
        return None
    ascending = np.sort(resampled, axis=None)
    tail = (1.0 - confidence) / 2.0
    return Interval(
        low=float(quantile_of_sorted(ascending, tail)),
        high=float(quantile_of_sorted(ascending, 1.0 - tail)),
        confidence=confidence,
    )


def _block_starts(
    n: int, *, resamples: int, rng: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    blocks = ceil(n / block_length(n))
    rows = max(1, _CHUNK_VALUES // n)
    for done in range(0, resamples, rows):
        yield rng.integers(0, n, size=(min(rows, resamples - done), blocks))


def _gather(values: NDArray[np.int32], starts: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the resamples, (rows, n), whose blocks begin at `starts`, (rows, blocks)."""
    n = values.size
    length = block_length(n)
    circle = np.concatenate([values, values[: length - 1]])
    windows = np.lib.stride_tricks.sliding_window_view(circle, length)
    return np.asarray(windows[starts].reshape(len(starts), -1)[:, :n])


def _statistic(
    drawn_ranks: NDArray[np.int32], ascending: NDArray[np.float64], statistic: Statistic
) -> NDArray[np.float64]:
    level = statistic.level
    if level is None:
        return np.asarray(ascending[drawn_ranks].mean(axis=1))
    # A quantile of ranks looks at two columns; only these are mapped back to values.
    last = drawn_ranks.shape[1] - 1
    below = int(last * level)
    columns = drawn_ranks[:, [below, min(below + 1, last)]]
    share = last * level - below
    pair = ascending[columns]
    return np.asarray(pair[:, 0] + share * (pair[:, 1] - pair[:, 0]))
