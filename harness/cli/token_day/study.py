"""A token day from its settings to its record: ordinary days first, then those with a mishap."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final

from harness.cli.machine import describe_machine, find_git_commit, find_versions
from harness.cli.token_day.cell import DayTask, simulate_day
from harness.cli.token_day.settings import Schedule, TokenDaySettings
from harness.clock import NS_PER_S, monotonic_ns, utc_now
from harness.merchant import Optimization, Variant
from harness.rundata.token_day import (
    TOKEN_DAY_SCHEMA,
    DayRecord,
    Disturbance,
    FleetRecord,
    ScheduleRecord,
    TokenDayRecord,
    TokenVariantRecord,
)
from harness.simulation import Crew, Task, available_cores
from harness.stats import CALLS_PER_HOUR_LIMIT

__all__ = ["count_days", "keeps_token", "run_study"]

_RESTART_AFTER_S: Final = 60.0
"""A restart hurts most right after a renewal: what was just paid for is lost."""

_EXTRA_AFTER_SHARE: Final = 46 / 60
"""An extra call changes most once the endpoint would renew, a minute into the last quarter of the
token's life."""

_ORDINARY_SHARE: Final = 0.6
"""Ordinary days are this part of the work, roughly; there are two mishaps for many of them."""


def keeps_token(variant: Variant) -> bool:
    """Tell whether a variant uses a token twice; if not, no schedule changes anything."""
    return variant.has(Optimization.TOKEN_STORE) or variant.has(Optimization.TOKEN_CACHE)


def count_days(settings: TokenDaySettings) -> int:
    """Return how many ordinary days there are to simulate."""
    return len(list(_ordinary(settings)))


def run_study(settings: TokenDaySettings, on_progress: Callable[[float], None]) -> TokenDayRecord:
    """Simulate all days.

    Args:
        settings: what was asked for.
        on_progress: told the share done, in [0, 1].

    Raises:
        HarnessError: a day cannot be simulated, or its process died.
    """
    began_ns, created = monotonic_ns(), utc_now()
    ordinary = _simulate(
        list(_ordinary(settings)), settings, lambda share: on_progress(share * _ORDINARY_SHARE)
    )
    disturbed = _simulate(
        [task for day, record in ordinary for task in _mishaps(day, record)],
        settings,
        lambda share: on_progress(_ORDINARY_SHARE + share * (1 - _ORDINARY_SHARE)),
    )
    days = [record for _, record in (*ordinary, *disturbed)]
    return TokenDayRecord(
        schema_version=TOKEN_DAY_SCHEMA,
        name=settings.out.name,
        created_utc=created.isoformat(timespec="seconds"),
        command=settings.command,
        seed=settings.seed,
        duration_s=settings.duration_s,
        token_lifetime_s=settings.token_lifetime_s,
        limit_per_hour=CALLS_PER_HOUR_LIMIT,
        profile=settings.profile.name,
        profile_data=settings.profile.to_dict(),
        rates_per_hour=tuple(rate * 3600 for rate in settings.rates_per_s),
        fleets=tuple(FleetRecord(f.instances, f.lifetime_s) for f in settings.fleets),
        variants=tuple(_describe(variant) for variant in settings.variants),
        schedules=tuple(_describe_schedule(s, settings.duration_s) for s in settings.schedules),
        days=tuple(day for record in days for day in _copies(record, settings)),
        wall_s=(monotonic_ns() - began_ns) / NS_PER_S,
        jobs=settings.jobs or available_cores(),
        versions=find_versions(),
        git_commit=find_git_commit(Path(__file__).parent),
        machine=describe_machine(),
    )


def _ordinary(settings: TokenDaySettings) -> Iterator[DayTask]:
    for fleet, rate, variant in product(settings.fleets, settings.rates_per_s, settings.variants):
        # Who keeps no token is the same under every schedule: one day stands for all.
        schedules = settings.schedules if keeps_token(variant) else settings.schedules[-1:]
        for schedule in schedules:
            yield DayTask(
                variant=variant,
                schedule=schedule,
                rate_per_s=rate,
                fleet=fleet,
                profile=settings.profile,
                duration_s=settings.duration_s,
                token_lifetime_s=settings.token_lifetime_s,
                seed=settings.seed,
            )


def _mishaps(day: DayTask, record: DayRecord) -> Iterator[DayTask]:
    """Return the same day with a restart, and with one call too many."""
    # Fleets whose processes come and go have a restart every few minutes already.
    if not record.fleet.is_single or not keeps_token(day.variant):
        return
    half_s = day.duration_s / 2
    renewed_s = next((at for at in record.calls_s if at >= half_s), half_s)
    restart_s = renewed_s + _RESTART_AFTER_S
    extra_s = renewed_s + day.token_lifetime_s * _EXTRA_AFTER_SHARE
    for disturbance, at_s in ((Disturbance.RESTART, restart_s), (Disturbance.EXTRA_CALL, extra_s)):
        if at_s < day.duration_s:
            yield replace(day, disturbance=disturbance, disturbed_at_s=round(at_s, 6))


def _simulate(
    tasks: list[DayTask], settings: TokenDaySettings, on_progress: Callable[[float], None]
) -> list[tuple[DayTask, DayRecord]]:
    work = [
        Task(_name(task), partial(simulate_day, task), weight=1 + 3600 * task.rate_per_s)
        for task in tasks
    ]
    records = Crew[DayRecord](settings.jobs).run(work, on_progress=on_progress)
    return list(zip(tasks, records, strict=True))


def _name(task: DayTask) -> str:
    return f"{task.variant.name} under {task.schedule.name}"


def _copies(record: DayRecord, settings: TokenDaySettings) -> Iterator[DayRecord]:
    """Return a day for every schedule that it stands for."""
    variant = next(v for v in settings.variants if v.name == record.variant)
    if keeps_token(variant):
        yield record
        return
    for schedule in settings.schedules:
        yield replace(record, schedule=schedule.name)


def _describe(variant: Variant) -> TokenVariantRecord:
    flags = tuple(f for f in variant.flags if f != Optimization.BACKGROUND_REFRESH)
    return TokenVariantRecord(variant.name, flags, variant.description, keeps_token(variant))


def _describe_schedule(schedule: Schedule, duration_s: float) -> ScheduleRecord:
    fires_s = () if schedule.line is None else tuple(schedule.line.fires_s(duration_s))
    return ScheduleRecord(schedule.name, schedule.kind, fires_s)
