"""Laws of what a study prints."""

import json
from dataclasses import dataclass

import rich.table

from harness.cli.study_output import print_record, print_study_table


@dataclass
class Record:
    b: int
    a: tuple[float, ...]


def test_a_record_is_json_and_nothing_else(capsys):
    """For pipes."""
    print_record(Record(1, (0.5,)))
    assert json.loads(capsys.readouterr().out) == {"a": [0.5], "b": 1}


def test_a_table_is_as_wide_as_it_is(capsys):
    """In a file nobody's terminal limits it."""
    table = rich.table.Table(box=None)
    table.add_column("x" * 150)
    table.add_row("y" * 150)
    print_study_table(table)
    assert "y" * 150 in capsys.readouterr().out
