"""What the record says of one optimization under one traffic, and when that counts as nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.rundata import AttributionRecord, Measure, MeasureRecord, ShareRecord, TrafficRecord
from reports.sections.savings import CLAIMED_SAVINGS_MS

__all__ = [
    "CLAIMED_S",
    "LEAST_S",
    "MAIN_TRAFFIC",
    "Finding",
    "claimed_words",
    "find",
    "findings",
    "had_trouble",
    "matters",
    "share_of",
    "total_of",
]

_GUIDE = (
    "token_cache",
    "early_refresh",
    "parallel_validation",
    "prefetch",
    "timeouts",
    "background_refresh",
)

CLAIMED_S: dict[str, float] = {
    flag: claimed_ms / 1000 for flag, claimed_ms in zip(_GUIDE, CLAIMED_SAVINGS_MS, strict=True)
}
"""The guide's "Time Saved" by optimization."""

MAIN_TRAFFIC = "normal"
"""The traffic to speak of first: what a shop has on most days."""

LEAST_S = 0.001
"""Savings below a millisecond count as nothing: no shopper, and no other measurement, sees them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one optimization under one traffic.

    Attributes:
        traffic: the kind.
        place: number of the optimization in the record.
        share: of the mean time until an answer.
    """

    traffic: TrafficRecord
    place: int
    share: ShareRecord

    @property
    def counts(self) -> bool:
        """Whether its share can be told from nothing."""
        return matters(self.share)

    @property
    def alone_counts(self) -> bool:
        """Whether it does anything by itself."""
        return abs(self.share.alone) >= LEAST_S

    @property
    def interactions_s(self) -> tuple[float, ...]:
        """How much more it saves together with each other optimization than apart, seconds."""
        return self.traffic.measures[Measure.TIME_MEAN].interactions[self.place]


def find(record: AttributionRecord, flag: str) -> list[Finding]:
    """Return what every traffic says of an optimization."""
    place = record.optimizations.index(flag)
    return [
        Finding(traffic, place, traffic.measures[Measure.TIME_MEAN].shares[place])
        for traffic in record.traffic
    ]


def findings(record: AttributionRecord, traffic: TrafficRecord) -> Iterator[Finding]:
    """Yield what a traffic says of every optimization."""
    for place in range(len(record.optimizations)):
        yield Finding(traffic, place, traffic.measures[Measure.TIME_MEAN].shares[place])


def matters(share: ShareRecord) -> bool:
    """Tell whether a share of a time can be told from nothing."""
    sure = share.low is None or share.high is None or share.low > 0 or share.high < 0
    return sure and abs(share.saved) >= LEAST_S


def had_trouble(traffic: TrafficRecord) -> bool:
    """Tell whether any shopper failed under any set of optimizations."""
    return traffic.paid_everywhere < traffic.shoppers


def share_of(traffic: TrafficRecord, measure: Measure, place: int) -> ShareRecord | None:
    """Return an optimization's share of a measure; None where that was not measured."""
    measured = traffic.measures.get(measure)
    return None if measured is None else measured.shares[place]


def total_of(measure: MeasureRecord) -> float:
    """Return what all optimizations save together."""
    return measure.before - measure.after


def claimed_words(flag: str) -> str:
    """Return what the guide says, "" where it says nothing."""
    claimed_s = CLAIMED_S.get(flag)
    return "" if claimed_s is None else f"~{claimed_s * 1000:.0f} ms"
