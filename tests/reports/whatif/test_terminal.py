"""Laws of a what-if on the terminal."""

import io

from rich.console import Console

from reports.whatif import whatif_lines, whatif_tables


def shown(record):
    console = Console(width=80, file=io.StringIO(), record=True)
    for title, table in whatif_tables(record):
        console.print(title)
        console.print(table)
    return console.export_text()


def test_a_ranking_where_all_stages_were_asked_about(ranked):
    """The best first, the rest with what they save."""
    text = shown(ranked)
    assert text.index("create_payment") < text.index("token_grant")
    assert whatif_lines(ranked)[0].startswith("Halving create_payment")


def test_curves_where_somebody_asked_for_them(hand):
    """A column per value, a row per variant."""
    text = shown(hand.record([hand.stage("create_payment")]))
    assert "×0.25" in text
    assert "2.70 / 3.51" in text
