"""What a setting means for a shop: the worst hour and the waits of all its days together.

A setting is a variant under a schedule on a fleet. It is safe where no hour of any of its days, the
one with a restart and the one with an extra call included, holds more token calls than bKash
allows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

from harness.rundata.token_day import DayRecord, Disturbance, FleetRecord, TokenDayRecord
from harness.stats.worst_hour import WorstHour, worst_hour

__all__ = ["Outlook", "find_outlook", "outlooks", "worst_of"]

_UNUSED_S: Final = 60.0
"""A client stops sending a token a minute before its end, or a sixtieth of a shorter life."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Hold the days of one setting.

    Attributes:
        variant, schedule: names.
        fleet: processes.
        ordinary: its days without a disturbance, one per traffic, in the record's order.
        disturbed: its days with one.
        limit: token calls that bKash allows within an hour.
        token_lifetime_s: life of a token.
    """

    variant: str
    schedule: str
    fleet: FleetRecord
    ordinary: tuple[DayRecord, ...]
    disturbed: tuple[DayRecord, ...]
    limit: int
    token_lifetime_s: float

    @property
    def worst(self) -> int:
        """Return the token calls of the worst hour of an ordinary day."""
        return max((worst_of(day).calls for day in self.ordinary), default=0)

    @property
    def worst_of_all(self) -> int:
        """Return the token calls of the worst hour of any day."""
        return max(self.worst, max((worst_of(day).calls for day in self.disturbed), default=0))

    @property
    def is_safe(self) -> bool:
        """Whether bKash would never object."""
        return self.worst_of_all <= self.limit

    @property
    def waited(self) -> int:
        """Return how many shoppers waited for a token, on ordinary days."""
        return sum(len(day.waited_at_s) for day in self.ordinary)

    @property
    def payments(self) -> int:
        """Return how many shoppers came, on ordinary days."""
        return sum(day.payments for day in self.ordinary)

    @property
    def calls(self) -> int:
        """Return the token calls of the busiest ordinary day."""
        return max((len(day.calls_s) for day in self.ordinary), default=0)

    @property
    def uncovered_s(self) -> float:
        """Return how long there is no token that a client would still send, seconds a day.

        Looked at between the first and the last token call of each ordinary day: who happened to
        come is luck, and the gap is there whether anybody falls into it or not.
        """
        if not self.ordinary:
            return 0.0
        covered_s = self.token_lifetime_s - min(_UNUSED_S, self.token_lifetime_s / 60)
        gaps_s = (
            after - before for day in self.ordinary for before, after in pairwise(day.calls_s)
        )
        return sum(max(gap_s - covered_s, 0.0) for gap_s in gaps_s) / len(self.ordinary)

    def worst_with(self, disturbance: Disturbance) -> int | None:
        """Return the worst hour of the days with a disturbance; None where there is none."""
        days = [day for day in self.disturbed if day.disturbance is disturbance]
        return max((worst_of(day).calls for day in days), default=None)

    def waited_with(self, disturbance: Disturbance) -> int | None:
        """Return who waited on the days with a disturbance; None where there is none."""
        days = [day for day in self.disturbed if day.disturbance is disturbance]
        return sum(len(day.waited_at_s) for day in days) if days else None


def outlooks(record: TokenDayRecord, fleet: FleetRecord) -> list[Outlook]:
    """Return all settings on a fleet: variant after variant, each under every schedule."""
    return list(_outlooks(record, fleet))


def find_outlook(settings: list[Outlook], *, variant: str, schedule: str) -> Outlook | None:
    """Return one of them; None where it was not simulated."""
    return next((s for s in settings if (s.variant, s.schedule) == (variant, schedule)), None)


def worst_of(day: DayRecord) -> WorstHour:
    """Return the worst hour of a day."""
    return worst_hour(day.calls_s)


def _outlooks(record: TokenDayRecord, fleet: FleetRecord) -> Iterator[Outlook]:
    days: dict[tuple[str, str], list[DayRecord]] = {}
    for day in record.days:
        if day.fleet == fleet:
            days.setdefault((day.variant, day.schedule), []).append(day)
    for variant, schedule in product(record.variants, record.schedules):
        mine = days.get((variant.name, schedule.name), [])
        if mine:
            quiet = tuple(d for d in mine if d.disturbance is Disturbance.NOTHING)
            others = tuple(d for d in mine if d.disturbance is not Disturbance.NOTHING)
            yield Outlook(
                variant=variant.name,
                schedule=schedule.name,
                fleet=fleet,
                ordinary=quiet,
                disturbed=others,
                limit=record.limit_per_hour,
                token_lifetime_s=record.token_lifetime_s,
            )
