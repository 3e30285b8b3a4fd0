"""`token-day.json`: a day of token calls, by variant, schedule, traffic and what went wrong.

Documented in `docs/token-day.md`. All times are virtual seconds since the day's midnight.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from harness.rundata.record_file import RecordFile
from harness.rundata.study_record import StudyRecord

__all__ = [
    "TOKEN_DAY",
    "DayRecord",
    "Disturbance",
    "FleetRecord",
    "ScheduleKind",
    "ScheduleRecord",
    "TokenDayRecord",
    "TokenVariantRecord",
]


class ScheduleKind(StrEnum):
    """Name the ways of keeping a token fresh while nobody pays."""

    CRON = "cron"
    REFRESHER = "refresher"
    NONE = "none"


class Disturbance(StrEnum):
    """Name what happens once on a day that is not an ordinary one."""

    NOTHING = "nothing"
    RESTART = "restart"
    EXTRA_CALL = "extra_call"


@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """Describe one schedule.

    Attributes:
        name: cron's five fields, or the kind.
        kind: of schedule.
        fires_s: when cron calls; empty for the other kinds.
    """

    name: str
    kind: ScheduleKind
    fires_s: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class FleetRecord:
    """Say on how many processes the shop ran, and how long each lived; None: for ever."""

    instances: int
    lifetime_s: float | None

    @property
    def is_single(self) -> bool:
        """Whether it is one process that lives on."""
        return self.instances == 1 and self.lifetime_s is None


@dataclass(frozen=True, slots=True)
class TokenVariantRecord:
    """Describe one variant: its flags but for the background refresher, which the schedule sets."""

    name: str
    optimizations: tuple[str, ...]
    description: str
    keeps_token: bool


@dataclass(frozen=True, slots=True)
class DayRecord:
    """Hold one simulated day.

    Attributes:
        variant, schedule: names.
        rate_per_hour: shoppers per hour.
        fleet: processes.
        disturbance: what happened once.
        disturbed_at_s: when; None where nothing did.
        grants_s, refreshes_s: when token calls reached bKash, ascending.
        payments: shoppers who came.
        failed: journeys that failed.
        waited_at_s: when those came who had to wait for a token, ascending.
        waited_s: how long they waited for it, in the same order.
        audit_ok: whether the ledger audit found nothing.
        digest: SHA-256 of all samples.
    """

    variant: str
    schedule: str
    rate_per_hour: float
    fleet: FleetRecord
    disturbance: Disturbance
    disturbed_at_s: float | None
    grants_s: tuple[float, ...]
    refreshes_s: tuple[float, ...]
    payments: int
    failed: int
    waited_at_s: tuple[float, ...]
    waited_s: tuple[float, ...]
    audit_ok: bool
    digest: str

    @property
    def calls_s(self) -> list[float]:
        """Return when any token call reached bKash, ascending."""
        return sorted((*self.grants_s, *self.refreshes_s))


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenDayRecord(StudyRecord):
    """Hold everything that was simulated; see also `StudyRecord`.

    Attributes:
        duration_s: length of the day.
        token_lifetime_s: life of a token.
        limit_per_hour: token calls that bKash allows.
        profile, profile_data: of the latencies.
        rates_per_hour: traffic, ascending.
        fleets: the first is the ordinary one.
        variants, schedules: in the order to be shown.
        days: every combination that was simulated.
        notes: sentences that a reader of the numbers has to know.
    """

    duration_s: float
    token_lifetime_s: float
    limit_per_hour: int
    profile: str
    profile_data: dict[str, Any]
    rates_per_hour: tuple[float, ...]
    fleets: tuple[FleetRecord, ...]
    variants: tuple[TokenVariantRecord, ...]
    schedules: tuple[ScheduleRecord, ...]
    days: tuple[DayRecord, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def audit_ok(self) -> bool:
        """Whether every day's books add up."""
        return all(day.audit_ok for day in self.days)


TOKEN_DAY = RecordFile("token-day.json", TokenDayRecord, version=1)
