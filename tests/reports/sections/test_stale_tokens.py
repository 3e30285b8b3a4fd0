"""Payments that met a stale token."""

from collections.abc import Callable

from reports import Analysis
from reports.sections.stale_tokens import stale_table

Make = Callable[..., Analysis]


def test_those_who_waited_stand_beside_all(seven: Analysis) -> None:
    """Everybody in sequential, nobody in optimized."""
    table = stale_table(seven)
    assert table is not None
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in table.groups[0].rows}
    assert rows["sequential"][:2] == ["260", "100 %"]
    assert rows["stored"][0] == "30"
    assert rows["optimized"] == ["0", "0 %", "2.74", "–", "–"]
    assert any("nobody had to wait" in note for note in table.footnotes)
    assert any("lived 20 s" in note for note in table.notes)


def test_only_backends_with_stages_can_tell(make_run: Make) -> None:
    """Who sends no stages is not in the table; if nobody does, there is none."""
    both = make_run(variants=("sequential", "mine"), without_stages=frozenset({"mine"}))
    table = stale_table(both)
    assert table is not None
    assert [row[0].text for row in table.groups[0].rows] == ["sequential"]
    alone = make_run(variants=("mine",), without_stages=frozenset({"mine"}), baseline="mine")
    assert stale_table(alone) is None
