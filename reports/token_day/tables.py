"""The tables of a token day: settings, mishaps, and what cron makes of a line."""

from collections.abc import Sequence
from itertools import pairwise

from harness.rundata.token_day import (
    DayRecord,
    Disturbance,
    FleetRecord,
    ScheduleKind,
    TokenDayRecord,
)
from reports.table import Cell, Column, Group, Table, missing, text
from reports.token_day.advice import unconditional_worst
from reports.token_day.outlook import Outlook, find_outlook, outlooks, worst_of
from reports.token_day.words import hour_minutes, rate_words, schedule_short
from reports.units import count, digits

__all__ = ["mishap_table", "schedule_table", "settings_table"]

_NOT_SIMULATED = "this was not simulated"


def settings_table(record: TokenDayRecord, fleet: FleetRecord) -> Table:
    """Return the worst hour and the waits of every variant under every schedule."""
    settings = outlooks(record, fleet)
    return Table(
        caption="Token calls in the worst hour of an ordinary day, and who waited for a token",
        columns=_columns(record),
        groups=tuple(
            Group(
                rate_words(rate),
                tuple(_day_row(record, settings, v.name, rate) for v in record.variants),
            )
            for rate in record.rates_per_hour
        ),
        notes=(
            f"bKash allows {record.limit_per_hour} token calls in an hour, grants and refreshes"
            " alike, and blocks a merchant for an hour beyond. The worst hour is the busiest 3,600"
            " seconds that can be cut out of the day.",
            *_keepless_notes(record),
        ),
    )


def mishap_table(record: TokenDayRecord, fleet: FleetRecord) -> Table | None:
    """Return what one restart and one extra call change; None where neither was simulated."""
    settings = outlooks(record, fleet)
    kinds = (
        (Disturbance.RESTART, "One restart, a minute after a renewal"),
        (Disturbance.EXTRA_CALL, "One extra call of the cron endpoint, just when it would renew"),
    )
    groups = tuple(
        Group(
            head,
            tuple(
                _mishap_row(record, settings, variant.name, kind)
                for variant in record.variants
                if variant.keeps_token
            ),
        )
        for kind, head in kinds
        if any(s.worst_with(kind) is not None for s in settings)
    )
    if not groups:
        return None
    return Table(
        caption="Token calls in the worst hour of a day on which one thing goes wrong",
        columns=_columns(record),
        groups=groups,
        notes=(
            "A change against the ordinary days stands below. The times are the worst ones: right"
            " after a renewal a restart loses most, and in the last quarter of a token’s life an"
            " extra call renews it before its time.",
        ),
    )


def schedule_table(record: TokenDayRecord) -> Table:
    """Return what cron makes of each line."""
    crons = [s for s in record.schedules if s.kind is ScheduleKind.CRON]
    rows = []
    for schedule in crons:
        gaps = {after - before for before, after in pairwise(schedule.fires_s)}
        worst = unconditional_worst(schedule)
        rows.append(
            (
                text(schedule.name),
                text(hour_minutes(schedule)),
                text(" and ".join(f"{gap / 60:g}" for gap in sorted(gaps, reverse=True)) or "–"),
                text(count(len(schedule.fires_s))),
                Cell(
                    text=count(worst),
                    sub="over the limit" if worst > record.limit_per_hour else "",
                    tag="over" if worst > record.limit_per_hour else "",
                ),
            )
        )
    return Table(
        caption="What cron makes of each line",
        columns=(
            Column("line", numeric=False),
            Column("fires at", numeric=False),
            Column("gaps", "minutes", numeric=False),
            Column("calls", "a day"),
            Column("worst hour", "if every call renewed"),
        ),
        groups=(Group("", tuple(rows)),),
        notes=(
            "A step begins anew every hour: cron names minutes of the clock, not distances. The"
            " last column is for an endpoint that asks bKash for a token at every call; ours renews"
            " only when a quarter of the token’s life or less is left. Calls exactly an hour apart"
            " count as two hours; a tenth of a second less, and they are in one.",
        ),
    )


def _columns(record: TokenDayRecord) -> tuple[Column, ...]:
    kinds = {
        ScheduleKind.CRON: "cron",
        ScheduleKind.REFRESHER: "in process",
        ScheduleKind.NONE: "no schedule",
    }
    heads = {ScheduleKind.REFRESHER: "refresher", ScheduleKind.NONE: "none"}
    return (
        Column("variant", numeric=False),
        *(
            Column(heads.get(s.kind, schedule_short(s.name)), kinds[s.kind])
            for s in record.schedules
        ),
    )


def _day_row(
    record: TokenDayRecord, settings: Sequence[Outlook], variant: str, rate_per_hour: float
) -> tuple[Cell, ...]:
    cells = [text(variant)]
    for schedule in record.schedules:
        setting = find_outlook(list(settings), variant=variant, schedule=schedule.name)
        days = () if setting is None else setting.ordinary
        day = next((d for d in days if d.rate_per_hour == rate_per_hour), None)
        cells.append(missing(_NOT_SIMULATED) if day is None else _day_cell(day, record))
    return tuple(cells)


def _day_cell(day: DayRecord, record: TokenDayRecord) -> Cell:
    worst, waited = worst_of(day).calls, len(day.waited_at_s)
    longest = f", the longest {digits(max(day.waited_s))} s" if waited else ""
    failed = f"; {count(day.failed)} journeys failed" if day.failed else ""
    return Cell(
        text=count(worst),
        sub=f"{count(waited)} waited" if waited else "",
        reason=f"{count(len(day.calls_s))} token calls a day; {count(waited)} of"
        f" {count(day.payments)} waited{longest}{failed}",
        tag="over" if worst > record.limit_per_hour else "",
        level=_level(waited / day.payments if day.payments else 0.0),
    )


def _level(share: float) -> int:
    return sum(share > step for step in (0.0, 0.02, 0.1, 0.5))


def _mishap_row(
    record: TokenDayRecord, settings: Sequence[Outlook], variant: str, kind: Disturbance
) -> tuple[Cell, ...]:
    cells = [text(variant)]
    for schedule in record.schedules:
        setting = find_outlook(list(settings), variant=variant, schedule=schedule.name)
        worst = None if setting is None else setting.worst_with(kind)
        if setting is None or worst is None:
            cells.append(missing(_NOT_SIMULATED))
            continue
        waited = (setting.waited_with(kind) or 0) - setting.waited
        cells.append(
            Cell(
                text=count(worst),
                sub=_changes(worst - setting.worst, waited),
                tag="over" if worst > record.limit_per_hour else "",
            )
        )
    return tuple(cells)


def _changes(calls: int, waited: int) -> str:
    parts = []
    if calls:
        parts.append(f"{calls:+d} call{'' if abs(calls) == 1 else 's'}")
    if waited:
        parts.append(f"{waited:+d} waited")
    return ", ".join(parts).replace("-", "−")


def _keepless_notes(record: TokenDayRecord) -> tuple[str, ...]:
    names = [variant.name for variant in record.variants if not variant.keeps_token]
    if not names:
        return ()
    return (
        f"{', '.join(names)}: keeps no token, so that no schedule changes anything, and every"
        " shopper waits for one.",
    )
