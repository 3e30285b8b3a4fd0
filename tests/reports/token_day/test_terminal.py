"""Laws of a token day on the terminal."""

import io

from rich.console import Console

from reports.token_day import token_day_lines, token_day_tables


def test_the_first_line_is_the_advice(hand, ordinary):
    """A line per fleet, and the fleet named where it is not one process."""
    (line,) = token_day_lines(ordinary())
    assert line.startswith("Run optimized")
    lines = token_day_lines(hand.record([hand.day(), hand.day(fleet=hand.fleet)]))
    assert lines[1].startswith("On 4 processes that live for 15 min:")


def test_the_table_fits_into_eighty_columns(ordinary):
    """Calls in the worst hour and waits, by variant and schedule."""
    ((title, table),) = token_day_tables(ordinary())
    console = Console(width=80, file=io.StringIO(), record=True)
    console.print(table)
    text = console.export_text()
    assert "2 shoppers an hour, one process" in title
    assert "96 / 48" not in text
    assert "60 / 48" in text
    assert max(map(len, text.splitlines())) <= 80


def test_what_was_not_simulated_is_a_dash(hand):
    """Nothing is made up."""
    ((_, table),) = token_day_tables(hand.record([hand.day()]))
    console = Console(width=80, file=io.StringIO(), record=True)
    console.print(table)
    assert "–" in console.export_text()
