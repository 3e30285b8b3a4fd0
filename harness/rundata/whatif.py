"""`whatif.json`: what payment times become when one thing is changed, thing after thing.

Documented in `docs/whatif.md`. Times are seconds; a figure that does not exist is null.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from harness.rundata.record_file import RecordFile
from harness.rundata.study_record import StudyRecord

__all__ = [
    "WHATIF",
    "Figures",
    "KnobKind",
    "PointRecord",
    "SweepRecord",
    "WhatIfRecord",
    "WhatIfVariantRecord",
]


class KnobKind(StrEnum):
    """Name the kinds of things that can be changed."""

    STAGE = "stage"
    SETTING = "setting"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold what one variant did at one point.

    Attributes:
        payments: that succeeded.
        failed: journeys that failed.
        mean_s, p50_s, p95_s, p99_s: of the payment times; p99 from 1,000 payments on.
        make_payment_p50_s, make_payment_p95_s: response time of make-payment.
        floor_p50_s: median of what bKash and exactly-once make unavoidable.
        bkash_p50_s: median of create and execute together.
        token_calls: in the whole run.
        worst_hour: token calls of the busiest hour.
    """

    payments: int
    failed: int
    mean_s: float | None
    p50_s: float | None
    p95_s: float | None
    p99_s: float | None
    make_payment_p50_s: float | None
    make_payment_p95_s: float | None
    floor_p50_s: float | None
    bkash_p50_s: float | None
    token_calls: int
    worst_hour: int


@dataclass(frozen=True, slots=True)
class PointRecord:
    """Hold one value of what was changed, and the figures by variant."""

    value: float
    figures: dict[str, Figures]


@dataclass(frozen=True, slots=True)
class SweepRecord:
    """Hold everything about one thing that was changed.

    Attributes:
        name: of the stage, setting or assumption.
        kind: which of them it is.
        unit: of its values: "times" (a factor), "s", "per_hour" or "share".
        base: its value in the profile and the code.
        points: by ascending value; the base is among them where the range holds it.
    """

    name: str
    kind: KnobKind
    unit: str
    base: float
    points: tuple[PointRecord, ...]


@dataclass(frozen=True, slots=True)
class WhatIfVariantRecord:
    """Describe one variant."""

    name: str
    optimizations: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfRecord(StudyRecord):
    """Hold a whole what-if; see also `StudyRecord`.

    Attributes:
        payments: shoppers at every point.
        rate_per_hour: of arrivals.
        token_lifetime_s: life of a token.
        limit_per_hour: token calls that bKash allows.
        all_stages: whether every stage was swept, so that they can be ranked.
        profile, profile_data: of the latencies.
        variants: in the order to be shown; the first is what others are compared with.
        base: figures by variant with nothing changed.
        sweeps: in the order in which they were asked for.
        simulations: how many there were.
        audit_ok: whether the ledger audit found nothing anywhere.
        notes: sentences that a reader of the numbers has to know.
    """

    payments: int
    rate_per_hour: float
    token_lifetime_s: float
    limit_per_hour: int
    all_stages: bool
    profile: str
    profile_data: dict[str, Any]
    variants: tuple[WhatIfVariantRecord, ...]
    base: dict[str, Figures]
    sweeps: tuple[SweepRecord, ...]
    simulations: int
    audit_ok: bool
    notes: tuple[str, ...] = field(default=())


WHATIF = RecordFile("whatif.json", WhatIfRecord, version=1)
