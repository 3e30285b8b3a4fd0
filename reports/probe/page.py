"""The probe's page: one HTML file with everything in it."""

import shlex
from pathlib import Path

from harness.rundata import Agreement, ProbePurpose, ProbeRecord
from reports.probe.headline import make_probe_headline
from reports.probe.lines import GUIDE
from reports.probe.strip import make_strip
from reports.probe.tables import checks_table, figures_table, special_table
from reports.probe.waterfall import nearest_median, strips_figure
from reports.sections.reproduction import describe_wait
from reports.template import render, write_page
from reports.units import day, digits, percent, seconds

__all__ = ["render_probe", "write_probe_report"]


def write_probe_report(record: ProbeRecord, out: Path) -> Path:
    """Write the page of a probe and return its path.

    Raises:
        ConfigurationError: it cannot be written.
    """
    return write_page(render_probe(record), out)


def render_probe(record: ProbeRecord) -> str:
    """Return the page of a probe."""
    routine = [p for p in record.payments if p.purpose is ProbePurpose.ROUTINE]
    strips = [strip for p in routine if (strip := make_strip(p)) is not None]
    figures = record.figures
    return render(
        "probe.html.j2",
        title=f"bKash probe: {record.target}, {day(record.created_utc)}",
        day=day(record.created_utc),
        record=record,
        headline=make_probe_headline(record),
        waterfall=strips_figure(strips) if record.probed else None,
        hero=nearest_median(strips).number if strips else None,
        guide=GUIDE,
        opened=any(piece.new_connection for strip in strips for piece in strip.pieces),
        figures=None if figures is None else figures_table(figures),
        special=special_table(record),
        checks=checks_table(record),
        agreements=[_agreement(agreement) for agreement in record.agreements],
        accuracy=_accuracy(record),
        command=shlex.join(record.command),
        facts=_facts(record),
        waits=[
            (name, describe_wait(wait))
            for name, wait in sorted(record.profile_data.get("operations", {}).items())
            if name.startswith(("token_g", "token_r", "create", "execute", "query"))
        ],
    )


def _agreement(agreement: Agreement) -> str:
    return (
        f"{agreement.stage} begins {seconds(agreement.outside_s)} after its request seen from"
        f" outside, {seconds(agreement.inside_s)} by the shop’s own Server-Timing:"
        f" {percent(agreement.median_difference)} apart (median of {agreement.payments} payments,"
        f" worst {percent(agreement.worst_difference)})."
    )


def _accuracy(record: ProbeRecord) -> str:
    if record.clock_accuracy_s is None:
        return "The clocks of shopper and mock could not be compared."
    return (
        "Requests are timed by the shopper, calls by the mock. The probe laid the two clocks over"
        " each other by calls of its own, each of which encloses the mock’s times of it; the offset"
        f" is known to ±{digits(record.clock_accuracy_s * 1000)} ms."
    )


def _facts(record: ProbeRecord) -> tuple[tuple[str, str], ...]:
    machine = record.machine
    known = (machine.get("cpu"), machine.get("system"))
    return (
        ("shop", f"{record.url}, spoken to as target “{record.target}”"),
        ("bKash", f"{record.gateway_url}, app key {record.app_key or 'unknown'}"),
        ("profile", record.profile),
        ("seed", str(record.seed)),
        ("took", seconds(record.duration_s)),
        ("started", record.created_utc),
        ("machine", ", ".join(str(word) for word in known if word) or "unknown"),
        ("versions", ", ".join(f"{name} {v}" for name, v in sorted(record.versions.items()))),
    )
