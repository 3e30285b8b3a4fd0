"""What our own code adds."""

from collections.abc import Callable

from reports import Analysis
from reports.sections.own_time import own_time_table

Make = Callable[..., Analysis]


def test_own_time_is_in_real_milliseconds(seven: Analysis) -> None:
    """p50 and p95 of the overhead, as the summary has them."""
    table = own_time_table(seven)
    assert [column.unit for column in table.columns] == ["", "ms", "ms"]
    assert table.groups[0].rows[0][1].text == "16.5"


def test_without_modelled_waits_it_is_unknown(make_run: Make) -> None:
    """Everything could be own time, or nothing."""
    analysis = make_run(variants=("mine",), without_stages=frozenset({"mine"}), baseline="mine")
    table = own_time_table(analysis)
    assert table.groups[0].rows[0][1].text == "–"
    assert any("modelled" in note for note in table.footnotes)
