"""The page of a token day: one HTML file with everything in it."""

import shlex
from pathlib import Path

from harness.rundata.token_day import FleetRecord, TokenDayRecord
from reports.sections.reproduction import describe_waits, study_facts
from reports.template import render, write_page
from reports.token_day.advice import GUIDES_LINE, Advice, advise, hero_of
from reports.token_day.day_figure import day_figure, days_shown
from reports.token_day.outlook import Outlook
from reports.token_day.tables import mishap_table, schedule_table, settings_table
from reports.token_day.words import fleet_words, rate_words
from reports.units import count, day, digits, plain

__all__ = ["render_token_day", "write_token_day_report"]


def render_token_day(record: TokenDayRecord) -> str:
    """Return the page."""
    single, *others = record.fleets
    hero = hero_of(record)
    advice = advise(record, single)
    return render(
        "token_day.html.j2",
        title=f"bKash checkout: the token over a day, {day(record.created_utc)}",
        day=day(record.created_utc),
        record=record,
        hero=hero,
        headline=_headline(advice),
        advice=advice,
        audit_ok=all(d.audit_ok for d in record.days),
        figure=day_figure(record, days_shown(record, variant=hero, fleet=single)),
        quietest=rate_words(min(record.rates_per_hour)),
        schedules=schedule_table(record),
        settings=settings_table(record, single),
        mishaps=mishap_table(record, single),
        fleets=[_fleet(record, fleet, hero) for fleet in others],
        variants=[(v.name, _flags(v.optimizations)) for v in record.variants],
        facts=_facts(record),
        assumptions=describe_waits(record.profile_data),
        command=shlex.join(record.command),
        explains_guide=any(s.name == GUIDES_LINE for s in record.schedules),
        traffic=" and ".join(rate_words(rate) for rate in record.rates_per_hour),
    )


def write_token_day_report(record: TokenDayRecord, out: Path) -> Path:
    """Write the page, and return its path.

    Raises:
        ConfigurationError: `out` cannot be written.
    """
    return write_page(render_token_day(record), out)


def _headline(advice: Advice) -> list[tuple[str, str]]:
    """Return the guide's line and the setting to use: what it is, and what comes of it."""
    shown = [s for s in (advice.guides, advice.setting) if s is not None]
    if len(shown) == 2 and shown[0] == shown[1]:
        shown = shown[1:]
    return [(setting.schedule, _setting_outcome(setting)) for setting in shown]


def _setting_outcome(setting: Outlook) -> str:
    waited = f"{count(setting.waited)} of {count(setting.payments)} waited"
    return f"{setting.variant}: {count(setting.worst_of_all)} in the worst hour, {waited}"


def _fleet(record: TokenDayRecord, fleet: FleetRecord, hero: str) -> dict[str, object]:
    name = f"fleet-{fleet.instances}-{0 if fleet.lifetime_s is None else int(fleet.lifetime_s)}"
    return {
        "name": name,
        "words": fleet_words(fleet),
        "advice": advise(record, fleet),
        "figure": day_figure(record, days_shown(record, variant=hero, fleet=fleet), name=name),
        "settings": settings_table(record, fleet),
    }


def _flags(optimizations: tuple[str, ...]) -> str:
    return ", ".join(optimizations) or "no optimization"


def _facts(record: TokenDayRecord) -> list[tuple[str, str]]:
    return [
        ("started", record.created_utc),
        ("seed", str(record.seed)),
        ("profile", record.profile),
        ("day", f"{plain(record.duration_s / 3600)} h, from midnight"),
        ("token life", f"{plain(record.token_lifetime_s)} s"),
        ("traffic", " and ".join(rate_words(rate) for rate in record.rates_per_hour)),
        ("took", f"{len(record.days)} days in {digits(record.wall_s)} s, {record.jobs} processes"),
        *study_facts(record),
    ]
