"""What a finished run is turned into: summary, report, and what is said on the terminal."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.exit_status import ExitStatus
from harness.cli.screen import print_record, say, show_table
from harness.rundata import RunFolder

if TYPE_CHECKING:
    from reports import Analysis

__all__ = ["judge", "print_json", "print_table", "publish", "tell"]


def publish(folder: RunFolder) -> "Analysis":
    """Work a run out, write `report.html` and `summary.json` into its folder, and return it.

    Raises:
        RunDataError: what was recorded cannot be read.
        ConfigurationError: the report cannot be written.
    """
    # Here and not above: pandas and matplotlib take a second to import, in which the run could
    # have begun already.
    from reports import analyse, write_report

    analysis = analyse(folder)
    write_report([analysis], folder.report_path)
    folder.write_summary(analysis.summary)
    return analysis


def judge(analyses: Sequence["Analysis"]) -> ExitStatus:
    """Return the exit status that runs deserve: wrong money outweighs a poor measurement."""
    if any(analysis.audit_ok is False for analysis in analyses):
        return ExitStatus.AUDIT_VIOLATED
    if not all(analysis.valid for analysis in analyses):
        return ExitStatus.INVALID_RUN
    return ExitStatus.OK


def tell(analysis: "Analysis", *, report: Path) -> None:
    """Print what makes the run invalid, its verdict, its table, notes, and where the report is."""
    from reports import terminal_verdict

    for warning in analysis.warnings:
        if warning.kind.invalidates:
            say(f"INVALID: {warning.sentence}", style="red")
    say(terminal_verdict(analysis), style="bold")
    print_table(analysis)
    for warning in analysis.warnings:
        if not warning.kind.invalidates:
            say(f"Note: {warning.sentence}")
    click.echo(f"Report: {report}")


def print_table(analysis: "Analysis") -> None:
    """Print the table of a run; where no terminal limits it, as wide as it is."""
    from reports import terminal_table

    show_table(terminal_table(analysis))


def print_json(analysis: "Analysis") -> None:
    """Print the summary, and nothing else, to standard output."""
    print_record(analysis.summary)
