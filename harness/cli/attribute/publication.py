"""What an attribution is turned into: a report, and words on the terminal; again, if asked."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.measure import Measurement

from harness.cli.exit_status import ExitStatus
from harness.cli.screen import open_in_browser
from harness.errors import ConfigurationError
from harness.rundata import ATTRIBUTION_FILE, AttributionRecord, read_attribution

__all__ = ["REPORT", "announce", "is_attribution", "rebuild_attribution"]

REPORT = "report.html"


def is_attribution(folder: Path) -> bool:
    """Tell whether a run folder is an attribution's."""
    return (folder / ATTRIBUTION_FILE).is_file()


def announce(
    record: AttributionRecord, report: Path, *, as_json: bool, open_report: bool
) -> ExitStatus:
    """Tell what was found, or print the record, and return the exit status that it deserves."""
    if as_json:
        text = msgspec.json.format(msgspec.json.encode(record, order="deterministic"), indent=1)
        sys.stdout.write(text.decode() + "\n")
    else:
        _tell(record, report)
    if open_report:
        open_in_browser(report)
    return ExitStatus.OK if record.audit_ok else ExitStatus.AUDIT_VIOLATED


def rebuild_attribution(
    runs: Sequence[Path], *, out: Path | None, as_json: bool, open_report: bool
) -> ExitStatus:
    """Write the report of an attribution again, from its record.

    Raises:
        RunDataError: the record cannot be read.
        ConfigurationError: other runs are named beside it, or the report cannot be written, or
            only over the record.
    """
    from reports.attribution import write_attribution_report

    folder = next(run for run in runs if is_attribution(run))
    if len(runs) > 1:
        raise ConfigurationError(
            f"{folder} is an attribution and has a report of its own; name it alone"
        )
    report = folder / REPORT if out is None else out
    if report.resolve() == (folder / ATTRIBUTION_FILE).resolve():
        raise ConfigurationError(
            f"cannot write report {report}: that is the record it is made from; name another file"
            " with --out"
        )
    record = read_attribution(folder)
    write_attribution_report(record, report)
    return announce(record, report, as_json=as_json, open_report=open_report)


def _tell(record: AttributionRecord, report: Path) -> None:
    from reports.attribution import attribution_lines, attribution_table, attribution_verdict

    click.echo(attribution_verdict(record))
    table = attribution_table(record)
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = Measurement.get(console, console.options.update(width=1000), table).maximum
    console.print(table)
    for line in attribution_lines(record):
        click.echo(line)
    if not record.audit_ok:
        click.echo("The ledger audit found violations: see the report.")
    cells = sum(len(traffic.cells) for traffic in record.traffic)
    click.echo(f"{cells} cells simulated in {record.wall_s:.0f} s. Report: {report}")
