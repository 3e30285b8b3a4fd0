"""What a study prints: its record for machines, its table for people."""

import sys

import msgspec
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

__all__ = ["print_record", "print_study_table"]


def print_record(record: object) -> None:
    """Print a record as JSON, and nothing else, to standard output."""
    text = msgspec.json.format(msgspec.json.encode(record, order="deterministic"), indent=1)
    sys.stdout.write(text.decode() + "\n")


def print_study_table(table: Table) -> None:
    """Print a table; where no terminal limits it, as wide as it is."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = Measurement.get(console, console.options.update(width=1000), table).maximum
    console.print(table)
