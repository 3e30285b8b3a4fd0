"""The setting to use: safe first, then the fewest waits, the shortest gaps, the fewest calls."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from harness.rundata.token_day import (
    Disturbance,
    FleetRecord,
    ScheduleKind,
    ScheduleRecord,
    TokenDayRecord,
)
from harness.stats.worst_hour import worst_hour
from reports.token_day.outlook import Outlook, find_outlook, outlooks
from reports.token_day.words import fleet_words, schedule_words
from reports.units import count

__all__ = ["GUIDES_LINE", "Advice", "advise", "best_of", "guides_schedule", "hero_of"]

_HERO = "optimized"
"""The guide's own "after": what a reader of the guide runs."""

GUIDES_LINE = "*/45 * * * *"

_MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class Advice:
    """Hold what a shop on one fleet should do.

    Attributes:
        fleet: processes.
        setting: to use; None where nothing is safe.
        guides: the guide's line with the same variant; None where it was not simulated.
        sentences: what to do and why, the advice first.
    """

    fleet: FleetRecord
    setting: Outlook | None
    guides: Outlook | None
    sentences: tuple[str, ...]


def hero_of(record: TokenDayRecord) -> str:
    """Return the variant to speak of: the guide's "after", else the last that keeps a token."""
    keeping = [variant.name for variant in record.variants if variant.keeps_token]
    if _HERO in keeping:
        return _HERO
    return keeping[-1] if keeping else record.variants[-1].name


def guides_schedule(record: TokenDayRecord) -> str:
    """Return the guide's schedule, or the first where it was not asked about."""
    names = [schedule.name for schedule in record.schedules]
    return GUIDES_LINE if GUIDES_LINE in names else names[0]


def best_of(settings: Iterable[Outlook]) -> Outlook | None:
    """Return the safe setting with the fewest waits, gaps and calls; None where none is safe."""
    safe = [setting for setting in settings if setting.is_safe]
    return min(safe, key=_rank, default=None)


def advise(record: TokenDayRecord, fleet: FleetRecord) -> Advice:
    """Return what a shop on that fleet should do."""
    settings, hero = outlooks(record, fleet), hero_of(record)
    if not settings:
        return Advice(fleet, None, None, (f"No day on {fleet_words(fleet)} was simulated.",))
    mine = [setting for setting in settings if setting.variant == hero]
    best = best_of(mine)
    others = best_of(s for s in settings if s.variant != hero)
    guides = find_outlook(settings, variant=hero, schedule=guides_schedule(record))
    if best is not None:
        sentences = [
            _recommend(best),
            *_only_because(record, best),
            *_why_not(record, best, guides),
            *_refresher_trap(mine, fleet),
        ]
    elif others is not None:
        sentences = [
            _nothing_safe(mine, fleet, hero),
            f"Safe is {_named(others)}: {_evidence(others)}.",
        ]
    else:
        sentences = [f"{_nothing_safe(mine, fleet, hero)} Nor is any other variant."]
    return Advice(fleet, best or others, guides, tuple(sentences))


def _rank(setting: Outlook) -> tuple[int, int, int]:
    waited_on_bad_days = sum(len(day.waited_at_s) for day in setting.disturbed)
    # Nobody waited, but somebody else would have: a gap counts by the minute.
    uncovered_min = round(setting.uncovered_s / _MINUTE_S)
    return setting.waited + waited_on_bad_days, uncovered_min, setting.calls


def _recommend(setting: Outlook) -> str:
    return f"Run {_named(setting)}: {_evidence(setting)}."


def _named(setting: Outlook) -> str:
    return f"{setting.variant} with {schedule_words(setting.schedule)}"


def _evidence(setting: Outlook) -> str:
    mishaps = [
        word
        for word, disturbance in (
            ("a restart", Disturbance.RESTART),
            ("an extra call", Disturbance.EXTRA_CALL),
        )
        if setting.worst_with(disturbance) is not None
    ]
    across = f", across {' and '.join(mishaps)} too" if mishaps else ""
    calls = setting.worst_of_all
    return (
        f"no hour of the day has more than {calls} token call{'' if calls == 1 else 's'}"
        f" (bKash allows {setting.limit}){across}, and {_waited(setting)} waited for a token"
    )


def _waited(setting: Outlook) -> str:
    return f"{count(setting.waited) if setting.waited else 'none'} of {count(setting.payments)}"


def _why_not(record: TokenDayRecord, best: Outlook, guides: Outlook | None) -> list[str]:
    if guides is None or guides.schedule == best.schedule:
        return []
    schedule = next(s for s in record.schedules if s.name == guides.schedule)
    if schedule.kind is not ScheduleKind.CRON:
        return []
    gaps = " and ".join(f"{gap_s / 60:g}" for gap_s in _gaps_s(schedule))
    sentences = [
        f"{guides.schedule} does not fire every 45 minutes but {gaps} minutes apart"
        if guides.schedule == GUIDES_LINE
        else f"{guides.schedule} fires {gaps} minutes apart"
    ]
    if not guides.is_safe:
        sentences.append(f"its worst hour has {guides.worst_of_all} token calls")
    gap_min = round(guides.uncovered_s / _MINUTE_S)
    if gap_min > round(best.uncovered_s / _MINUTE_S):
        sentences.append(
            f"{count(gap_min)} minute{'' if gap_min == 1 else 's'} of its day have no token that"
            " could be sent"
        )
    if guides.waited > best.waited:
        sentences.append(f"{_waited(guides)} waited with it")
    return [f"{'; '.join(sentences)}."]


def _only_because(record: TokenDayRecord, best: Outlook) -> list[str]:
    """Return the warning that the schedule is safe with an endpoint like ours only."""
    schedule = next(s for s in record.schedules if s.name == best.schedule)
    worst = unconditional_worst(schedule)
    if worst <= record.limit_per_hour:
        return []
    return [
        f"It may call {worst} times an hour because our endpoint renews only when a quarter of the"
        " token’s life or less is left; with one that renews at every call, bKash would block the"
        " merchant."
    ]


def _refresher_trap(mine: list[Outlook], fleet: FleetRecord) -> list[str]:
    """Return the warning that what is safe in one process is not in many."""
    refresher = next((s for s in mine if s.schedule == ScheduleKind.REFRESHER), None)
    if refresher is None or refresher.is_safe or fleet.is_single:
        return []
    return [
        f"Not {schedule_words(refresher.schedule)}: every process asks for a token by itself,"
        f" {refresher.worst_of_all} times in the worst hour."
    ]


def _gaps_s(schedule: ScheduleRecord) -> list[float]:
    gaps = {after - before for before, after in pairwise(schedule.fires_s)}
    return sorted(gaps, reverse=True)


def _nothing_safe(mine: list[Outlook], fleet: FleetRecord, hero: str) -> str:
    if not mine:
        return f"No day of {hero} on {fleet_words(fleet)} was simulated."
    least = min(mine, key=lambda s: (s.worst_of_all, *_rank(s)))
    return (
        f"No schedule is safe for {least.variant} on {fleet_words(fleet)}: the best,"
        f" {schedule_words(least.schedule)}, makes {least.worst_of_all} token calls in its worst"
        f" hour, and bKash allows {least.limit}."
    )


def unconditional_worst(schedule: ScheduleRecord) -> int:
    """Return the worst hour if every call of cron asked bKash for a token."""
    return worst_hour(schedule.fires_s).calls
