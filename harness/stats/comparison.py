"""Candidate against baseline: the change of a statistic, with its interval and a verdict.

Variants of one run saw the same shoppers with the same draws (common random numbers: A. M. Law,
Simulation Modeling and Analysis, section 11.2), so they are compared arrival by arrival: both are
resampled with the same blocks, and what chance did to both cancels. Runs of different seeds share
no arrivals; they are resampled each for itself, and their interval is wider for it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harness.stats.bootstrap import (
    MIN_N,
    Interval,
    Statistic,
    percentile_interval,
    resample_statistics,
)
from harness.stats.quantile import quantile
from harness.stats.verdict import Verdict, judge

__all__ = ["Change", "Comparison", "compare_paired", "compare_unpaired", "random_generator"]


@dataclass(frozen=True, slots=True)
class Change:
    """Hold a statistic of baseline and candidate, and how far it moved.

    Attributes:
        baseline_s: the statistic of the baseline's payments; None if there are none.
        candidate_s: the same of the candidate.
        difference_s: candidate minus baseline.
        difference_interval_s: its interval; None below `MIN_N` payments.
        relative: candidate / baseline - 1; None where the baseline is none or zero.
        relative_interval: its interval.
        verdict: on the relative change.
    """

    baseline_s: float | None
    candidate_s: float | None
    difference_s: float | None
    difference_interval_s: Interval | None
    relative: float | None
    relative_interval: Interval | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compare a candidate's payments with a baseline's.

    Attributes:
        paired: True if compared arrival by arrival.
        n: pairs compared; for unpaired runs the smaller number of payments.
        changes: by statistic.
    """

    paired: bool
    n: int
    changes: dict[Statistic, Change]


def random_generator(seed: int, *words: str) -> np.random.Generator:
    """Return the generator for one purpose: a function of the run's seed and the words."""
    entropy = [seed & 0xFFFF_FFFF_FFFF_FFFF, *"/".join(words).encode()]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


def compare_paired(
    baseline_s: NDArray[np.float64],
    candidate_s: NDArray[np.float64],
    *,
    rng: np.random.Generator,
    statistics: tuple[Statistic, ...] = (Statistic.MEAN, Statistic.P50, Statistic.P95),
) -> Comparison:
    """Compare payment times of the same arrivals, both (n,) in order of arrival.

    Raises:
        ValueError: the two are not of equal length.
    """
    if baseline_s.shape != candidate_s.shape:
        raise ValueError(f"{baseline_s.size} and {candidate_s.size} payments do not pair up")
    resampled = None
    if baseline_s.size >= MIN_N:
        series = np.stack([baseline_s, candidate_s])
        both = resample_statistics(series, statistics=statistics, rng=rng)
        resampled = (both[:, 0], both[:, 1])
    return _comparison(baseline_s, candidate_s, resampled, paired=True, statistics=statistics)


def compare_unpaired(
    baseline_s: NDArray[np.float64],
    candidate_s: NDArray[np.float64],
    *,
    rng: np.random.Generator,
    statistics: tuple[Statistic, ...] = (Statistic.MEAN, Statistic.P50, Statistic.P95),
) -> Comparison:
    """Compare payment times of independent runs, (n,) and (m,), each in order of arrival."""
    resampled = None
    if min(baseline_s.size, candidate_s.size) >= MIN_N:
        first = resample_statistics(baseline_s[None], statistics=statistics, rng=rng)
        second = resample_statistics(candidate_s[None], statistics=statistics, rng=rng)
        # Independent series: any pairing of their resamples will do, the shorter one sets how many.
        count = min(len(first), len(second))
        resampled = (first[:count, 0], second[:count, 0])
    return _comparison(baseline_s, candidate_s, resampled, paired=False, statistics=statistics)


def _comparison(
    baseline_s: NDArray[np.float64],
    candidate_s: NDArray[np.float64],
    resampled: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
    *,
    paired: bool,
    statistics: tuple[Statistic, ...],
) -> Comparison:
    changes = {}
    for column, statistic in enumerate(statistics):
        drawn = None
        if resampled is not None:
            drawn = (resampled[0][:, column], resampled[1][:, column])
        changes[statistic] = _change(
            _estimate(baseline_s, statistic), _estimate(candidate_s, statistic), drawn
        )
    return Comparison(paired=paired, n=int(min(baseline_s.size, candidate_s.size)), changes=changes)


def _estimate(values_s: NDArray[np.float64], statistic: Statistic) -> float | None:
    level = statistic.level
    if level is not None:
        return quantile(values_s, level)
    return float(values_s.mean()) if values_s.size else None


def _change(
    baseline_s: float | None,
    candidate_s: float | None,
    resampled: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
) -> Change:
    if baseline_s is None or candidate_s is None:
        return Change(baseline_s, candidate_s, None, None, None, None, Verdict.INCONCLUSIVE)
    difference_interval = relative_interval = None
    if resampled is not None:
        difference_interval = percentile_interval(resampled[1] - resampled[0])
        if (resampled[0] > 0).all():
            relative_interval = percentile_interval(resampled[1] / resampled[0] - 1.0)
    return Change(
        baseline_s=baseline_s,
        candidate_s=candidate_s,
        difference_s=candidate_s - baseline_s,
        difference_interval_s=difference_interval,
        relative=candidate_s / baseline_s - 1.0 if baseline_s > 0 else None,
        relative_interval=relative_interval,
        verdict=judge(relative_interval),
    )
