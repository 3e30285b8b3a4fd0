"""Days without a day: records of a token day, written by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.rundata.token_day import (
    DayRecord,
    Disturbance,
    FleetRecord,
    ScheduleKind,
    ScheduleRecord,
    TokenDayRecord,
    TokenVariantRecord,
)

HOUR_S = 3_600.0
DAY_S = 24 * HOUR_S
SINGLE = FleetRecord(1, None)
FLEET = FleetRecord(4, 900.0)


def every(step_s: float, *, start_s: float = 0.0) -> tuple[float, ...]:
    return tuple(start_s + step_s * n for n in range(int((DAY_S - start_s) // step_s)))


def cron(name: str, minutes: tuple[int, ...]) -> ScheduleRecord:
    fires = (HOUR_S * hour + 60 * minute for hour in range(24) for minute in minutes)
    return ScheduleRecord(name, ScheduleKind.CRON, tuple(fires))


SCHEDULES = (
    cron("*/45 * * * *", (0, 45)),
    cron("0 * * * *", (0,)),
    cron("*/5 * * * *", tuple(range(0, 60, 5))),
    ScheduleRecord("refresher", ScheduleKind.REFRESHER),
    ScheduleRecord("none", ScheduleKind.NONE),
)


def make_day(**changes: Any) -> DayRecord:
    values: dict[str, Any] = {
        "variant": "optimized",
        "schedule": "none",
        "rate_per_hour": 2.0,
        "fleet": SINGLE,
        "disturbance": Disturbance.NOTHING,
        "disturbed_at_s": None,
        "grants_s": (10.0,),
        "refreshes_s": every(3_300.0, start_s=3_310.0),
        "payments": 48,
        "failed": 0,
        "waited_at_s": (),
        "waited_s": (),
        "audit_ok": True,
        "digest": "0" * 64,
    }
    return DayRecord(**{**values, **changes})


def make_record(days: list[DayRecord], **changes: Any) -> TokenDayRecord:
    values: dict[str, Any] = {
        "schema_version": 1,
        "name": "by-hand",
        "created_utc": "2026-11-23T04:00:00+00:00",
        "command": ("bkash-bench", "token-day"),
        "seed": 1,
        "duration_s": DAY_S,
        "token_lifetime_s": HOUR_S,
        "limit_per_hour": 2,
        "profile": "guide",
        "profile_data": {"operations": {"token_grant": {"kind": "constant", "value_s": 2.0}}},
        "rates_per_hour": (2.0,),
        "fleets": tuple(dict.fromkeys(day.fleet for day in days)),
        "variants": (
            TokenVariantRecord("sequential", (), "the guide's before", keeps_token=False),
            TokenVariantRecord("stored", ("token_store",), "", keeps_token=True),
            TokenVariantRecord("optimized", ("token_cache",), "", keeps_token=True),
        ),
        "schedules": SCHEDULES,
        "days": tuple(days),
        "wall_s": 12.0,
        "jobs": 2,
        "versions": {"python": "3.11"},
        "git_commit": None,
        "machine": {"cpu": "a processor", "cores": 2},
    }
    return TokenDayRecord(**{**values, **changes})


class Hand:
    """What tests write records with."""

    day = staticmethod(make_day)
    record = staticmethod(make_record)
    every = staticmethod(every)
    single, fleet = SINGLE, FLEET
    day_s, hour_s = DAY_S, HOUR_S


@pytest.fixture
def hand() -> type[Hand]:
    """Write days and records by hand."""
    return Hand


@pytest.fixture
def ordinary(hand: type[Hand]) -> Callable[[], TokenDayRecord]:
    """Return a record like a real one: the guide's line leaves gaps, */5 does not."""

    def make() -> TokenDayRecord:
        days = []
        for schedule in SCHEDULES:
            name, gap = schedule.name, schedule.name in ("*/45 * * * *", "none")
            waits = {"waited_at_s": (7_000.0, 20_000.0), "waited_s": (2.1, 1.4)} if gap else {}
            step_s = 2_700.0 if name == "refresher" else 3_000.0
            calls = hand.every(step_s, start_s=step_s)
            for variant in ("stored", "optimized"):
                base = {"variant": variant, "schedule": name, "refreshes_s": calls, **waits}
                days.append(hand.day(**base))
                days += [
                    hand.day(**base, disturbance=kind, disturbed_at_s=45_000.0)
                    for kind in (Disturbance.RESTART, Disturbance.EXTRA_CALL)
                ]
            busy = tuple(60.0 * n for n in range(96))
            days.append(
                hand.day(
                    variant="sequential",
                    schedule=name,
                    grants_s=busy,
                    refreshes_s=(),
                    waited_at_s=busy[:48],
                    waited_s=(4.0,) * 48,
                )
            )
        return hand.record(days)

    return make
