"""What a limit can be about: the figures that a run has of each variant."""

from enum import StrEnum

from harness.stages import Stage

__all__ = [
    "COUNTS",
    "EACH_STAGE",
    "OVERHEAD_STATISTICS",
    "STATISTICS",
    "TIMES",
    "CountMetric",
    "TimeMetric",
    "known_metrics",
    "statistics_of",
]

STATISTICS = ("mean", "p50", "p90", "p95", "p99", "max")
"""What is known of a set of times."""

OVERHEAD_STATISTICS = ("p50", "p95")
"""What is known of the overhead."""

EACH_STAGE = "each_stage"
"""Stands for every stage that the variant has."""


class TimeMetric(StrEnum):
    """Name the times that are no stages."""

    PAYMENT_TIME = "payment_time"
    MAKE_PAYMENT = "make_payment"
    CALLBACK = "callback"
    OVERHEAD = "overhead"


class CountMetric(StrEnum):
    """Name what is counted, and has no quantiles."""

    GATEWAY_CALLS = "gateway_calls_per_payment"
    TOKEN_GRANTS = "token_grants"
    ERRORS = "errors"


TIMES = tuple(TimeMetric)
COUNTS = tuple(CountMetric)


def known_metrics() -> tuple[str, ...]:
    """Return every name that a limit on our own variants can use; backends may send more stages."""
    return (*TIMES, *COUNTS, EACH_STAGE, *Stage)


def statistics_of(metric: str) -> tuple[str, ...]:
    """Return the statistics that exist of a metric; none for a count."""
    if metric in COUNTS:
        return ()
    return OVERHEAD_STATISTICS if metric == TimeMetric.OVERHEAD else STATISTICS
