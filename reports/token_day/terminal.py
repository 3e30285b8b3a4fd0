"""A token day for the terminal: the advice in sentences, and a table of 80 columns per fleet."""

from collections.abc import Iterator
from typing import Literal

from rich.table import Table as RichTable
from rich.text import Text

from harness.rundata.token_day import FleetRecord, TokenDayRecord
from reports.token_day.advice import advise
from reports.token_day.outlook import Outlook, find_outlook, outlooks
from reports.token_day.words import fleet_words, rate_words, schedule_short
from reports.units import NONE, count

__all__ = ["token_day_lines", "token_day_tables"]

_OVER = "bold red"
_WAITED = "yellow"


def token_day_lines(record: TokenDayRecord) -> list[str]:
    """Return what to do and why: a line per fleet."""
    lines = []
    for fleet in record.fleets:
        sentences = " ".join(advise(record, fleet).sentences)
        words = f"On {fleet_words(fleet)}: {sentences[0].lower()}{sentences[1:]}"
        lines.append(sentences if fleet.is_single else words)
    return lines


def token_day_tables(record: TokenDayRecord) -> Iterator[tuple[str, RichTable]]:
    """Yield a title and a table for each fleet: worst hour and waits by variant and schedule."""
    traffic = " and ".join(rate_words(rate) for rate in record.rates_per_hour)
    for fleet in record.fleets:
        title = (
            f"Token calls in the worst hour (bKash allows {record.limit_per_hour}) / shoppers who"
            f" waited, {traffic}, {fleet_words(fleet)}:"
        )
        yield title, _table(record, fleet)


def _table(record: TokenDayRecord, fleet: FleetRecord) -> RichTable:
    drawn = RichTable(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    right: Literal["right"] = "right"
    drawn.add_column("variant", no_wrap=True)
    for schedule in record.schedules:
        drawn.add_column(schedule_short(schedule.name), justify=right, no_wrap=True)
    settings = outlooks(record, fleet)
    for variant in record.variants:
        cells = (
            _cell(find_outlook(settings, variant=variant.name, schedule=schedule.name))
            for schedule in record.schedules
        )
        drawn.add_row(Text(variant.name), *cells)
    return drawn


def _cell(setting: Outlook | None) -> Text:
    if setting is None:
        return Text(NONE)
    style = "" if setting.is_safe else _OVER
    if setting.is_safe and setting.waited:
        style = _WAITED
    return Text(f"{count(setting.worst_of_all)} / {count(setting.waited)}", style=style)
