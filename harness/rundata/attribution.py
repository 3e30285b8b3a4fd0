"""`attribution.json`: which optimization saved what, under which traffic.

Documented in `docs/attribution.md`. A figure that does not exist is absent or null. Savings are
above 0 where a figure went down: less time, fewer calls.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from harness.rundata.costs import Costs
from harness.rundata.record_file import RecordFile
from harness.rundata.study_record import StudyRecord

__all__ = [
    "ATTRIBUTION",
    "AttributionRecord",
    "CellRecord",
    "Measure",
    "MeasureRecord",
    "ShareRecord",
    "TrafficRecord",
]


class Measure(StrEnum):
    """Name what is shared out; the name ends in its unit. More is always worse."""

    TIME_MEAN = "time_mean_s"
    TIME_P50 = "time_p50_s"
    TIME_P95 = "time_p95_s"
    TIME_P99 = "time_p99_s"
    PAID_MEAN = "paid_mean_s"
    PAID_P50 = "paid_p50_s"
    PAID_P95 = "paid_p95_s"
    PAID_P99 = "paid_p99_s"
    FAILED = "failed_per_100"
    TOKEN_CALLS = "token_calls_per_hour"
    TOKEN_CALLS_WORST = "token_calls_worst_hour"
    QUERIES = "queries_per_payment"
    BKASH_QUERIES = "bkash_queries_per_100"
    ABANDONED = "abandoned_per_100"
    CONNECTIONS = "connections_per_payment"


@dataclass(frozen=True, slots=True)
class ShareRecord:
    """Hold what one optimization saves of one measure, in the measure's unit.

    Attributes:
        optimization: its name.
        saved: its Shapley share.
        low, high: 95 % interval of the share over other shoppers; None where there is none.
        alone: saved by it with none of the others.
        left_out: lost without it, with all the others.
        stages: the share by stage of the payment, where the measure is a mean time; they sum to
            `saved`.
    """

    optimization: str
    saved: float
    low: float | None
    high: float | None
    alone: float
    left_out: float
    stages: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeasureRecord:
    """Hold one measure, shared out.

    Attributes:
        before: with none of the optimizations.
        after: with all of them.
        shares: in the order of the optimizations; they sum to before - after.
        interactions: by pair, in that order: saved more (above 0) or less together than apart.
    """

    before: float
    after: float
    shares: tuple[ShareRecord, ...]
    interactions: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class CellRecord:
    """Hold one set of optimizations under one traffic.

    Attributes:
        optimizations: those that were on, of those that are shared out.
        measures: value by measure.
        costs: counters of gateway and shop.
        audit_ok: whether the ledger audit found nothing.
        digest: SHA-256 of all samples.
    """

    optimizations: tuple[str, ...]
    measures: dict[str, float]
    costs: Costs
    audit_ok: bool
    digest: str


@dataclass(frozen=True, slots=True)
class TrafficRecord:
    """Hold one kind of traffic.

    Attributes:
        name: of the kind.
        words: who comes when, for people.
        profile: name of its latency profile.
        profile_data: the profile, as it would stand in TOML.
        scenario: everything else that numbers depend on.
        shoppers: measured per cell, warm-up not counted.
        paid_everywhere: those who paid in every cell.
        horizon_s: virtual seconds between the first and the last arrival.
        cells: every set of optimizations; number c holds the i-th where bit i of c is 1.
        measures: shared out, by name.
        notes: sentences that a reader of the numbers has to know.
    """

    name: str
    words: str
    profile: str
    profile_data: dict[str, Any]
    scenario: dict[str, Any]
    shoppers: int
    paid_everywhere: int
    horizon_s: float
    cells: tuple[CellRecord, ...]
    measures: dict[str, MeasureRecord]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionRecord(StudyRecord):
    """Hold a whole attribution; see also `StudyRecord`.

    Attributes:
        payments: asked for per cell.
        optimizations: shared out, in this order.
        base: optimizations that were on in every cell.
        traffic: the kinds, in the order to be shown.
    """

    payments: int
    optimizations: tuple[str, ...]
    base: tuple[str, ...]
    traffic: tuple[TrafficRecord, ...]

    @property
    def audit_ok(self) -> bool:
        """Whether every cell's books add up."""
        return all(cell.audit_ok for traffic in self.traffic for cell in traffic.cells)


ATTRIBUTION = RecordFile("attribution.json", AttributionRecord, version=1)
