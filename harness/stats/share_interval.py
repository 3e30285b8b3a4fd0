"""How sure a share is: what it would have been had other shoppers come.

A share is exact for the shoppers that were simulated. They are a sample, so the shoppers are drawn
again, in the same blocks of consecutive arrivals for every coalition (see
`harness.stats.bootstrap`), and the shares are worked out anew. All coalitions saw the same shoppers
with the same draws, so that what chance did to all of them cancels.

A resample is held as how often each shopper was drawn. Sorted once, a coalition's quantiles are
then found by counting, without sorting any resample.
"""

from math import ceil

import numpy as np
from numpy.typing import NDArray

from harness.stats.bootstrap import MIN_N, Interval, block_length, percentile_interval
from harness.stats.exact_quantile import LEVELS, TIME_STATISTICS
from harness.stats.shapley import player_count, shapley_matrix

__all__ = ["RESAMPLES", "share_intervals"]

RESAMPLES = 1000
"""The ends of an interval then rest on 25 resamples each."""

_CHUNK_VALUES = 1 << 22
"""Counts held at once, so that memory does not grow with the number of shoppers."""


def share_intervals(
    times_s: NDArray[np.float64], *, rng: np.random.Generator
) -> dict[str, tuple[Interval | None, ...]]:
    """Return the interval of each player's share of what was saved, by statistic of the times.

    Args:
        times_s: (2^k, n) times by coalition, columns in order of arrival.
        rng: seeded by the caller.

    Returns:
        By `TIME_STATISTICS`, (k,); None throughout below `MIN_N` shoppers.

    Raises:
        ValueError: the number of coalitions is no power of two.
    """
    players = player_count(times_s[:, 0].tolist() if times_s.shape[1] else [0] * len(times_s))
    if times_s.shape[1] < MIN_N:
        return dict.fromkeys(TIME_STATISTICS, (None,) * players)
    figures = _resampled_figures(times_s, rng)
    shares = -np.einsum("kc,rcs->rks", shapley_matrix(players), figures)
    return {
        name: tuple(percentile_interval(shares[:, player, column]) for player in range(players))
        for column, name in enumerate(TIME_STATISTICS)
    }


def _resampled_figures(
    times_s: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return the statistics of resamples, (resamples, coalitions, statistics)."""
    coalitions, n = times_s.shape
    order = np.argsort(times_s, axis=1, kind="stable")
    ascending = np.take_along_axis(times_s, order, axis=1)
    figures = np.empty((RESAMPLES, coalitions, len(TIME_STATISTICS)))
    rows = max(1, _CHUNK_VALUES // n)
    for start in range(0, RESAMPLES, rows):
        drawn = _draw(n, resamples=min(rows, RESAMPLES - start), rng=rng)
        chunk = figures[start : start + len(drawn)]
        chunk[:, :, 0] = drawn @ times_s.T / n
        for coalition in range(coalitions):
            sorted_draws = drawn[:, order[coalition]].cumsum(axis=1)
            chunk[:, coalition, 1:] = _quantiles(sorted_draws, ascending[coalition])
    return figures


def _draw(n: int, *, resamples: int, rng: np.random.Generator) -> NDArray[np.int32]:
    """Return how often each of `n` shoppers is drawn, (resamples, n)."""
    length = block_length(n)
    starts = rng.integers(0, n, size=(resamples, ceil(n / length)))
    drawn = ((starts[:, :, None] + np.arange(length)) % n).reshape(resamples, -1)[:, :n]
    cell = drawn + np.arange(resamples)[:, None] * n
    counts = np.bincount(cell.ravel(), minlength=resamples * n)
    return counts.reshape(resamples, n).astype(np.int32)


def _quantiles(
    drawn_up_to: NDArray[np.int32], ascending: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the quantiles of resamples, (resamples, levels).

    Args:
        drawn_up_to: (resamples, n) how many draws are not above each value.
        ascending: (n,) the values.
    """
    last = ascending.size - 1
    columns = []
    for level in LEVELS.values():
        h = last * level
        below = int(h)
        # The value of rank r is the first that more than r draws are not above.
        low = ascending[(drawn_up_to <= below).sum(axis=1)]
        high = ascending[(drawn_up_to <= min(below + 1, last)).sum(axis=1)]
        columns.append(low + float(h - below) * (high - low))
    return np.stack(columns, axis=1)
