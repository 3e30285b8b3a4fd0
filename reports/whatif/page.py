"""The page of a what-if: one HTML file with everything in it."""

import shlex
from pathlib import Path

from harness.rundata.whatif import KnobKind, WhatIfRecord
from reports.families import Family
from reports.sections.reproduction import describe_waits, study_facts
from reports.template import render, write_page
from reports.units import count, day, digits, percent, plain, seconds
from reports.whatif.curve_figure import curve_figure
from reports.whatif.finding import headline_sentences, reliance_sentences, setting_sentences
from reports.whatif.hero_figure import hero_figure
from reports.whatif.payoff import best_payoff, hero_of
from reports.whatif.stage_panels import stage_panels
from reports.whatif.tables import conclusion_table, curve_table, payoff_table, trial_table
from reports.whatif.words import knob_words, value_words

__all__ = ["render_whatif", "write_whatif_report"]


def render_whatif(record: WhatIfRecord) -> str:
    """Return the page."""
    verdict, *asides = headline_sentences(record)
    reliance = reliance_sentences(record)
    return render(
        "whatif.html.j2",
        title=f"bKash checkout: what if, {day(record.created_utc)}",
        day=day(record.created_utc),
        record=record,
        hero=hero_of(record),
        headline=_headline(record),
        verdict=verdict,
        asides=[*asides, *setting_sentences(record)],
        reliance=reliance,
        families=[Family.GATEWAY, Family.TOKEN, Family.DATABASE],
        stages=hero_figure(record) if record.all_stages else None,
        medians=stage_panels(record, "p50_s", name="medians") if record.all_stages else None,
        tails=stage_panels(record, "p95_s", name="tails") if record.all_stages else None,
        payoffs=payoff_table(record) if record.all_stages else None,
        curves=[] if record.all_stages else _curves(record),
        conclusions=conclusion_table(record),
        trials=trial_table(record),
        traffic=f"{plain(record.rate_per_hour)} shoppers an hour",
        payments=count(record.payments),
        variants=[
            (v.name, ", ".join(v.optimizations) or "no optimization") for v in record.variants
        ],
        facts=_facts(record),
        assumptions=describe_waits(record.profile_data),
        command=shlex.join(record.command),
    )


def write_whatif_report(record: WhatIfRecord, out: Path) -> Path:
    """Write the page, and return its path.

    Raises:
        ConfigurationError: `out` cannot be written.
    """
    return write_page(render_whatif(record), out)


def _headline(record: WhatIfRecord) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Return the median as it is and with what pays most: figure and words each."""
    best = best_payoff(record, hero_of(record))
    if best is None:
        return None
    # A setting may pay in the tail alone.
    tail = best.p50_s < best.p95_s / 10
    before, after = (
        (best.base.p95_s, best.figures.p95_s) if tail else (best.base.p50_s, best.figures.p50_s)
    )
    what = "p95" if tail else "median"
    value = value_words(best.value, best.sweep.unit)
    half = best.sweep.kind is KnobKind.STAGE and best.value == 0.5
    turned = f"with half of {best.sweep.name}" if half else f"with {best.sweep.name} at {value}"
    return (seconds(before), f"{best.variant}, {what}"), (seconds(after), turned)


def _curves(record: WhatIfRecord) -> list[dict[str, object]]:
    return [
        {
            "name": sweep.name,
            "words": knob_words(sweep),
            "base": value_words(sweep.base, sweep.unit),
            "figure": curve_figure(record, sweep),
            "table": curve_table(record, sweep),
        }
        for sweep in record.sweeps
    ]


def _facts(record: WhatIfRecord) -> list[tuple[str, str]]:
    failed = sum(figures.failed for figures in record.base.values())
    shoppers = record.payments * len(record.variants)
    return [
        ("started", record.created_utc),
        ("seed", str(record.seed)),
        ("profile", record.profile),
        ("traffic", f"{plain(record.rate_per_hour)} shoppers an hour, Poisson"),
        ("payments", f"{count(record.payments)} at every point"),
        ("failed", f"{percent(failed / shoppers)} with nothing changed"),
        ("token life", f"{plain(record.token_lifetime_s)} s"),
        (
            "took",
            f"{record.simulations} runs in {digits(record.wall_s)} s, {record.jobs} processes",
        ),
        *study_facts(record),
    ]
