"""Words for schedules, traffic and fleets, the same on the page and on the terminal."""

from itertools import pairwise

from harness.rundata.token_day import FleetRecord, ScheduleKind, ScheduleRecord
from reports.units import plain

__all__ = [
    "clock",
    "fleet_words",
    "hour_minutes",
    "rate_words",
    "schedule_short",
    "schedule_words",
]

_HOURLY = " * * * *"
_MINUTE_S = 60
_HOUR_S = 3600
_MOST_LISTED = 4


def clock(at_s: float) -> str:
    """Return a time of the day, 07:40."""
    minutes = int(at_s // _MINUTE_S)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def rate_words(rate_per_hour: float) -> str:
    """Return traffic in words: 2 shoppers an hour."""
    if rate_per_hour >= 600:
        return f"{plain(rate_per_hour / 60)} shoppers a minute"
    return f"{plain(rate_per_hour)} shopper{'' if rate_per_hour == 1 else 's'} an hour"


def schedule_words(schedule: str) -> str:
    """Return a schedule as a part of a sentence."""
    if schedule == ScheduleKind.REFRESHER:
        return "the refresher inside the process"
    if schedule == ScheduleKind.NONE:
        return "no schedule"
    return f"cron {schedule}"


def schedule_short(schedule: str) -> str:
    """Return a schedule for the head of a column: of a line like */45 only the minutes."""
    minutes = schedule.removesuffix(_HOURLY)
    # A bare number would look like a figure.
    return schedule if minutes.isdigit() else minutes


def fleet_words(fleet: FleetRecord) -> str:
    """Return a fleet in words."""
    if fleet.is_single:
        return "one process"
    processes = "1 process" if fleet.instances == 1 else f"{fleet.instances} processes"
    if fleet.lifetime_s is None:
        return processes
    return f"{processes} that live for {_duration(fleet.lifetime_s)}"


def hour_minutes(schedule: ScheduleRecord) -> str:
    """Return the minutes of the hour at which cron calls: :00 and :45."""
    minutes = sorted({int(at_s // _MINUTE_S) % 60 for at_s in schedule.fires_s})
    if len(minutes) > _MOST_LISTED:
        steps = {after - before for before, after in pairwise(minutes)}
        if len(steps) == 1:
            return f"every {steps.pop()} minutes from :{minutes[0]:02d}"
        return f"{len(minutes)} minutes of the hour"
    listed = [f":{minute:02d}" for minute in minutes]
    return " and ".join(filter(None, (", ".join(listed[:-1]), listed[-1]))) if listed else "never"


def _duration(duration_s: float) -> str:
    if duration_s >= _HOUR_S:
        return f"{plain(duration_s / _HOUR_S)} h"
    if duration_s >= _MINUTE_S:
        return f"{plain(duration_s / _MINUTE_S)} min"
    return f"{plain(duration_s)} s"
