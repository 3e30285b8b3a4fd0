"""The page of a cross-check: one HTML file with everything in it."""

import shlex
from pathlib import Path

from harness.rundata.crosscheck import CrosscheckRecord
from reports.crosscheck.finding import agreed, crosscheck_lines, judged, outside
from reports.crosscheck.overlay_figure import overlay_figure
from reports.crosscheck.shift_figure import shift_figure
from reports.crosscheck.tables import payment_table, stage_table
from reports.families import Family
from reports.template import render, write_page
from reports.units import count, day, digits, milliseconds, plain

__all__ = ["render_crosscheck", "write_crosscheck_report"]


def render_crosscheck(record: CrosscheckRecord) -> str:
    """Return the page."""
    verdict, *asides = crosscheck_lines(record)
    return render(
        "crosscheck.html.j2",
        title=f"bKash checkout: both clocks, {day(record.created_utc)}",
        day=day(record.created_utc),
        record=record,
        heading=_heading(record),
        verdict=verdict,
        asides=asides,
        families=[Family.GATEWAY, Family.TOKEN, Family.DATABASE],
        overlay=overlay_figure(record),
        shifts=shift_figure(record),
        payments=payment_table(record),
        stages=stage_table(record),
        waking=milliseconds(record.waking_s),
        command=shlex.join(record.command),
        facts=_facts(record),
    )


def write_crosscheck_report(record: CrosscheckRecord, out: Path) -> Path:
    """Write the page, and return its path.

    Raises:
        ConfigurationError: `out` cannot be written.
    """
    return write_page(render_crosscheck(record), out)


def _heading(record: CrosscheckRecord) -> str:
    if record.troubles:
        return "Not to be believed"
    if agreed(record):
        return "Both clocks agree"
    if outside(record):
        return f"{count(len(outside(record)))} of {count(len(judged(record)))} stages disagree"
    return "Nothing could be judged"


def _facts(record: CrosscheckRecord) -> list[tuple[str, str]]:
    cpu, cores = record.machine.get("cpu"), record.machine.get("cores")
    machine = (str(cpu) if cpu else "", f"{cores} cores" if cores else "")
    return [
        ("started", record.created_utc),
        ("seed", str(record.seed)),
        ("profile", record.profile),
        ("arrivals", f"{plain(record.rate_per_s)} a second for {plain(record.duration_s)} s"),
        ("warm-up", f"{plain(record.warmup_s)} s, not counted"),
        ("token life", f"{plain(record.token_lifetime_s)} s"),
        ("took", f"{digits(record.wall_s)} s"),
        ("machine", ", ".join(word for word in machine if word) or "unknown"),
        ("commit", record.git_commit or "not from a checkout"),
        ("versions", ", ".join(f"{name} {v}" for name, v in sorted(record.versions.items()))),
    ]
