"""A token day: ordinary days first, then the same with a mishap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Final

from harness.merchant import Optimization, Variant
from harness.rundata.token_day import (
    TOKEN_DAY,
    DayRecord,
    Disturbance,
    FleetRecord,
    ScheduleRecord,
    TokenDayRecord,
    TokenVariantRecord,
)
from harness.simulation import Fleet, Task
from harness.stats import CALLS_PER_HOUR_LIMIT
from harness.study.fieldwork import Fieldwork
from harness.study.token_day.day import DayResult, DayTask, simulate_day
from harness.study.token_day.schedule import Schedule
from harness.study.workload import Workload
from mock_bkash.latency import Profile

__all__ = ["TokenDay", "keeps_token"]

_RESTART_AFTER_S: Final = 60.0
"""A restart hurts most right after a renewal: what was just paid for is lost."""

_EXTRA_AFTER_SHARE: Final = 46 / 60
"""An extra call changes most once the endpoint would renew, a minute into the last quarter of the
token's life."""

_MISHAPS: Final = 2


def keeps_token(variant: Variant) -> bool:
    """Tell whether a variant uses a token twice; if not, no schedule changes anything."""
    return variant.has(Optimization.TOKEN_STORE) or variant.has(Optimization.TOKEN_CACHE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenDay:
    """Ask how the token is kept fresh over a day; a `Study`.

    Attributes:
        variants: in the order to be shown.
        schedules: likewise.
        rates_per_s: traffic, ascending.
        fleets: the first is one process that lives on.
        profile: of the latencies.
        duration_s: length of the day.
        token_lifetime_s: life of a token.
        seed: of every draw.
    """

    variants: tuple[Variant, ...]
    schedules: tuple[Schedule, ...]
    rates_per_s: tuple[float, ...]
    fleets: tuple[Fleet, ...]
    profile: Profile
    duration_s: float
    token_lifetime_s: float
    seed: int

    @property
    def work(self) -> Workload:
        """Return the days with and without mishaps."""
        days = list(self._ordinary())
        return Workload.of(_work(day) for day in days) + _mishap_work(days)

    def carry_out(self, fieldwork: Fieldwork) -> TokenDayRecord:
        """Simulate all days.

        Raises:
            HarnessError: a day cannot be simulated, or its process died.
        """
        days = list(self._ordinary())
        ordinary = fieldwork.simulate(_cells(days), ahead=_mishap_work(days).cpu_s)
        mishaps = [
            task
            for day, result in zip(days, ordinary, strict=True)
            for task in _mishaps(day, result.day)
        ]
        results = [*ordinary, *fieldwork.simulate(_cells(mishaps))]
        notes = dict.fromkeys(note for result in results for note in result.notes)
        return TokenDayRecord(
            **fieldwork.stamp(TOKEN_DAY.version),
            seed=self.seed,
            duration_s=self.duration_s,
            token_lifetime_s=self.token_lifetime_s,
            limit_per_hour=CALLS_PER_HOUR_LIMIT,
            profile=self.profile.name,
            profile_data=self.profile.to_dict(),
            rates_per_hour=tuple(rate * 3600 for rate in self.rates_per_s),
            fleets=tuple(FleetRecord(f.instances, f.lifetime_s) for f in self.fleets),
            variants=tuple(_describe(variant) for variant in self.variants),
            schedules=tuple(_describe_schedule(s, self.duration_s) for s in self.schedules),
            days=tuple(day for result in results for day in self._copies(result.day)),
            notes=tuple(notes),
        )

    def _ordinary(self) -> Iterator[DayTask]:
        for fleet, rate, variant in product(self.fleets, self.rates_per_s, self.variants):
            # Who keeps no token is the same under every schedule: one day stands for all.
            schedules = self.schedules if keeps_token(variant) else self.schedules[-1:]
            for schedule in schedules:
                yield DayTask(
                    variant=variant,
                    schedule=schedule,
                    rate_per_s=rate,
                    fleet=fleet,
                    profile=self.profile,
                    duration_s=self.duration_s,
                    token_lifetime_s=self.token_lifetime_s,
                    seed=self.seed,
                )

    def _copies(self, record: DayRecord) -> Iterator[DayRecord]:
        """Yield a day for every schedule that it stands for."""
        variant = next(v for v in self.variants if v.name == record.variant)
        if keeps_token(variant):
            yield record
            return
        for schedule in self.schedules:
            yield replace(record, schedule=schedule.name)


def _mishaps(day: DayTask, record: DayRecord) -> Iterator[DayTask]:
    """Yield the same day with a restart, and with one call too many."""
    if not _may_go_wrong(day):
        return
    half_s = day.duration_s / 2
    renewed_s = next((at for at in record.calls_s if at >= half_s), half_s)
    restart_s = renewed_s + _RESTART_AFTER_S
    extra_s = renewed_s + day.token_lifetime_s * _EXTRA_AFTER_SHARE
    for disturbance, at_s in ((Disturbance.RESTART, restart_s), (Disturbance.EXTRA_CALL, extra_s)):
        if at_s < day.duration_s:
            yield replace(day, disturbance=disturbance, disturbed_at_s=round(at_s, 6))


def _may_go_wrong(day: DayTask) -> bool:
    # Fleets whose processes come and go have a restart every few minutes already.
    return day.fleet == Fleet() and keeps_token(day.variant)


def _mishap_work(days: Sequence[DayTask]) -> Workload:
    return Workload.of(_work(day) for day in days if _may_go_wrong(day) for _ in range(_MISHAPS))


def _cells(days: Sequence[DayTask]) -> list[Task[DayResult]]:
    return [
        Task(
            f"{day.variant.name} under {day.schedule.name}",
            partial(simulate_day, day),
            _work(day).cpu_s,
        )
        for day in days
    ]


def _work(day: DayTask) -> Workload:
    fleet = day.fleet
    lives = 0 if fleet.lifetime_s is None else round(day.duration_s / fleet.lifetime_s)
    processes = fleet.instances * (1 + lives) - 1
    return Workload(1, round(day.rate_per_s * day.duration_s), processes)


def _describe(variant: Variant) -> TokenVariantRecord:
    flags = tuple(f for f in variant.flags if f != Optimization.BACKGROUND_REFRESH)
    return TokenVariantRecord(variant.name, flags, variant.description, keeps_token(variant))


def _describe_schedule(schedule: Schedule, duration_s: float) -> ScheduleRecord:
    fires_s = () if schedule.line is None else tuple(schedule.line.fires_s(duration_s))
    return ScheduleRecord(schedule.name, schedule.kind, fires_s)
