"""Laws of a cross-check on the terminal."""

import io

from rich.console import Console

from reports.crosscheck.terminal import crosscheck_terminal_table


def shown(record):
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(crosscheck_terminal_table(record))
    return console.export_text()


def test_each_variant_is_a_line_of_80_columns(agreeing):
    """With both medians, what was added and whether it was to be expected."""
    lines = shown(agreeing).splitlines()
    assert len(lines) == 3
    assert lines[1].split() == [
        "sequential",
        "80",
        "7.52",
        "7.50",
        "+20.0",
        "+20.0",
        "100",
        "within",
    ]
    assert all(len(line.rstrip()) <= 80 for line in lines)


def test_what_never_occurred_is_a_dash(empty):
    """No figure is made up."""
    assert "–" in shown(empty)
