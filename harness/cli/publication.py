"""What a finished run is turned into: summary, report, and what is said on the terminal."""

import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.console import Console
from rich.measure import Measurement
from rich.text import Text

from harness.cli.exit_status import ExitStatus
from harness.rundata import RunFolder

if TYPE_CHECKING:
    from reports import Analysis

__all__ = ["judge", "open_in_browser", "print_json", "print_table", "publish", "say", "tell"]


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


def say(sentence: str, *, style: str = "") -> None:
    """Print a sentence: on a terminal broken between words, elsewhere as one line."""
    console = Console(highlight=False)
    console.print(Text(sentence), style=style, soft_wrap=not console.is_terminal)


def print_table(analysis: "Analysis") -> None:
    """Print the table of a run; where no terminal limits it, as wide as it is."""
    from reports import terminal_table

    table = terminal_table(analysis)
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = Measurement.get(console, console.options.update(width=1000), table).maximum
    console.print(table)


def print_json(analysis: "Analysis") -> None:
    """Print the summary, and nothing else, to standard output."""
    text = msgspec.json.format(msgspec.json.encode(analysis.summary), indent=2)
    sys.stdout.write(text.decode() + "\n")


def open_in_browser(report: Path) -> None:
    """Show a report in the browser; say so where there is none."""
    if not webbrowser.open(report.resolve().as_uri()):
        click.echo(f"No browser could be opened; the report is {report}", err=True)
