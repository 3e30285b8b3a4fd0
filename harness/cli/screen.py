"""What every command prints: sentences and tables for people, records for machines."""

import sys
import webbrowser
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

__all__ = ["open_in_browser", "print_record", "say", "show_table"]


def say(sentence: str, *, style: str = "") -> None:
    """Print a sentence: on a terminal broken between words, elsewhere as one line."""
    console = Console(highlight=False)
    console.print(Text(sentence), style=style, soft_wrap=not console.is_terminal)


def show_table(table: Table) -> None:
    """Print a table; where no terminal limits it, as wide as it is."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = Measurement.get(console, console.options.update(width=1000), table).maximum
    console.print(table)


def print_record(record: object) -> None:
    """Print a record as JSON, and nothing else, to standard output."""
    text = msgspec.json.format(msgspec.json.encode(record, order="deterministic"), indent=2)
    sys.stdout.write(text.decode() + "\n")


def open_in_browser(report: Path) -> None:
    """Show a report in the browser; say so where there is none."""
    if not webbrowser.open(report.resolve().as_uri()):
        click.echo(f"No browser could be opened; the report is {report}", err=True)
