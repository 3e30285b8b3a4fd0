"""The figures of a run as a gate reads them: by variant, metric and statistic, in seconds.

Everything is rounded to whole nanoseconds, so that a figure that was written into a baseline and
read again is the same number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from harness.gate.amount import DIGITS
from harness.gate.metric import (
    COUNTS,
    OVERHEAD_STATISTICS,
    STATISTICS,
    TIMES,
    CountMetric,
    TimeMetric,
)
from harness.rundata import Overhead, Quantiles, Summary, VariantSummary
from harness.stats import MIN_N, Interval, PaymentTable, Statistic, random_generator
from harness.stats.bootstrap import percentile_interval, resample_statistics

__all__ = ["Times", "VariantFigures", "add_intervals", "read_figures"]

_MS_PER_S = 1e3
_NS_PER_S = 1e9
_ESTIMATED = (Statistic.MEAN, Statistic.P50, Statistic.P90, Statistic.P95)
"""Statistics that have an interval."""


@dataclass(frozen=True, slots=True)
class Times:
    """Hold what is known of one set of times.

    Attributes:
        n: how many there are; None where nobody said.
        values: seconds by statistic; those that do not exist are absent.
        intervals: confidence intervals by statistic; empty where none were estimated.
    """

    n: int | None
    values: dict[str, float]
    intervals: dict[str, Interval] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VariantFigures:
    """Hold the figures of one variant.

    Attributes:
        payments: that succeeded after the warm-up.
        times: by `TimeMetric`; those that nobody measured are absent.
        stages: by stage.
        counts: by `CountMetric`; those that nobody counted are absent.
        digest: of its samples; "" where none was made.
    """

    payments: int
    times: dict[str, Times]
    stages: dict[str, Times]
    counts: dict[str, float]
    digest: str = ""

    def find(self, metric: str) -> Times | None:
        """Return the times of a metric that is no count; None where the variant has none."""
        # The names of metrics are ours: a backend's stage that is called so must step back.
        return (self.times if metric in TIMES else self.stages).get(metric)


def read_figures(summary: Summary) -> dict[str, VariantFigures]:
    """Return the figures of a run's summary by variant."""
    return {name: _variant(variant) for name, variant in summary.variants.items()}


def add_intervals(
    figures: Mapping[str, VariantFigures], table: PaymentTable, *, seed: int
) -> dict[str, VariantFigures]:
    """Return the same figures with the intervals that their payments allow.

    Args:
        figures: by variant.
        table: the payments that they were made of.
        seed: of the run, for the bootstrap.
    """
    return {name: _with_intervals(name, mine, table, seed) for name, mine in figures.items()}


def _variant(summary: VariantSummary) -> VariantFigures:
    times = {
        TimeMetric.PAYMENT_TIME.value: _times(summary.payment_time_s),
        TimeMetric.OVERHEAD.value: _overhead(summary.overhead_ms),
    }
    for name in (TimeMetric.MAKE_PAYMENT, TimeMetric.CALLBACK):
        if name in summary.requests:
            times[name.value] = _times(summary.requests[name])
    counted = {
        CountMetric.GATEWAY_CALLS: summary.gateway_calls_per_payment,
        CountMetric.TOKEN_GRANTS: summary.token_grants,
        CountMetric.ERRORS: float(summary.errors),
    }
    assert set(counted) == set(COUNTS), "every count is read"
    return VariantFigures(
        payments=summary.payment_time_s.n,
        times={name: there for name, there in times.items() if there.values},
        stages={name: _times(described) for name, described in summary.stages.items()},
        counts={
            metric.value: round(count, DIGITS)
            for metric, count in counted.items()
            if count is not None
        },
        digest=summary.digest or "",
    )


def _times(described: Quantiles) -> Times:
    values = {name: getattr(described, name) for name in STATISTICS}
    return Times(
        n=described.n,
        values={name: round(value, DIGITS) for name, value in values.items() if value is not None},
    )


def _overhead(overhead: Overhead) -> Times:
    values = {name: getattr(overhead, name) for name in OVERHEAD_STATISTICS}
    return Times(
        n=None,
        values={
            name: round(value / _MS_PER_S, DIGITS)
            for name, value in values.items()
            if value is not None
        },
    )


def _with_intervals(
    variant: str, figures: VariantFigures, table: PaymentTable, seed: int
) -> VariantFigures:
    chosen = (table.payments["variant"] == variant).to_numpy() & table.measured()
    payments = table.payments[chosen]
    series = {
        TimeMetric.PAYMENT_TIME.value: payments["total_ns"],
        TimeMetric.MAKE_PAYMENT.value: payments["make_payment_ns"],
        TimeMetric.CALLBACK.value: payments["callback_ns"],
        TimeMetric.OVERHEAD.value: payments.loc[payments["has_model"], "overhead_ns"],
    }
    staged = dict(_stage_series(table, chosen))
    return VariantFigures(
        payments=figures.payments,
        times={
            name: _estimate(times, series[name].to_numpy() / _NS_PER_S, seed, variant, name)
            for name, times in figures.times.items()
        },
        stages={
            name: _estimate(times, staged[name], seed, variant, name)
            for name, times in figures.stages.items()
        },
        counts=figures.counts,
        digest=figures.digest,
    )


def _stage_series(
    table: PaymentTable, chosen: NDArray[np.bool_]
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    full_s = table.sum_per_payment("full_ns")[chosen] / _NS_PER_S
    there = table.counts_per_payment()[chosen] > 0
    for column, name in enumerate(table.stage_names):
        yield name, full_s[there[:, column], column]


def _estimate(
    times: Times, values_s: NDArray[np.float64], seed: int, variant: str, metric: str
) -> Times:
    if values_s.size < MIN_N:
        return times
    rng = random_generator(seed, "gate", variant, metric)
    wanted = tuple(statistic for statistic in _ESTIMATED if statistic in times.values)
    resampled = resample_statistics(values_s[None], statistics=wanted, rng=rng)
    intervals = {}
    for column, statistic in enumerate(wanted):
        interval = percentile_interval(resampled[:, 0, column])
        assert interval is not None, "resamples of finite times are finite"
        intervals[statistic.value] = Interval(
            round(interval.low, DIGITS), round(interval.high, DIGITS), interval.confidence
        )
    return Times(times.n, times.values, intervals)
