"""Laws of what commands print."""

import json
import webbrowser
from dataclasses import dataclass

import rich.table

from harness.cli.screen import open_in_browser, print_record, show_table


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
    show_table(table)
    assert "y" * 150 in capsys.readouterr().out


def test_missing_browser_is_said(tmp_path, monkeypatch, capsys):
    """Where no browser can be opened the report's place is told."""
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda url: opened.append(url) or False)
    open_in_browser(tmp_path / "report.html")
    assert opened == [(tmp_path / "report.html").as_uri()]
    assert str(tmp_path / "report.html") in capsys.readouterr().err
