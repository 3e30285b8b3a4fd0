"""Tables as data."""

from reports.table import Cell, Column, Group, Table, missing, text


def test_each_reason_for_an_empty_cell_is_told_once() -> None:
    """On paper nobody can hover."""
    rows = ((text("a"), missing("nobody counted")), (text("b"), missing("nobody counted")))
    table = Table("t", (Column("x"), Column("y")), (Group("", rows),), notes=("A note.",))
    assert table.footnotes == ["A note.", "– nobody counted"]


def test_a_reason_of_a_full_cell_is_for_hovering_only() -> None:
    """Only what is missing needs a footnote."""
    row = (Cell("1", reason="because"), missing(""))
    assert Table("t", (Column("x"), Column("y")), (Group("", (row,)),)).footnotes == []
