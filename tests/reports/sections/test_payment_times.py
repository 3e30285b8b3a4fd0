"""Payment times by variant."""

from collections.abc import Callable

from harness.stats import Change, Verdict
from reports import Analysis
from reports.sections.payment_times import change_cell, payment_times_table

Make = Callable[..., Analysis]


def test_a_row_has_quantiles_intervals_change_and_verdict(seven: Analysis) -> None:
    """One row per variant; the baseline has no change."""
    table = payment_times_table(seven)
    (group,) = table.groups
    assert [row[0].text for row in group.rows] == [v.name for v in seven.variants]
    base, optimized = group.rows[0], group.rows[5]
    assert base[2].text == "baseline"
    assert (optimized[1].text, optimized[1].sub) == ("2.74", "2.70–2.79")
    assert optimized[2].text == "−64.3 %"
    assert optimized[2].level == 4
    assert optimized[3].tag == "improved"
    assert all(len(row) == len(table.columns) for row in group.rows)


def test_p99_is_missing_below_a_thousand_with_its_reason(seven: Analysis) -> None:
    """A dash, and a footnote for paper."""
    table = payment_times_table(seven)
    assert table.groups[0].rows[0][7].text == "–"
    assert any("from 1,000 payments on" in note for note in table.footnotes)


def test_p99_is_there_from_a_thousand_on(make_run: Make) -> None:
    """Enough payments, and the dash is gone."""
    table = payment_times_table(make_run(variants=("sequential",), arrivals=1000))
    assert table.groups[0].rows[0][7].text != "–"
    assert not any("1,000" in note for note in table.footnotes)


def test_a_variant_without_payments_says_so(make_run: Make) -> None:
    """Every figure is a dash, and there is one reason."""
    table = payment_times_table(make_run(empty=frozenset({"cached"})))
    cached = table.groups[0].rows[2]
    assert {cell.text for cell in cached[1:9]} == {"–"}
    assert cached[9].text == "0"
    assert any("cached has no successful payment" in note for note in table.footnotes)


def test_few_payments_have_no_interval(make_run: Make) -> None:
    """The cell says that they are too few."""
    row = payment_times_table(make_run(arrivals=4, warmup_arrivals=1)).groups[0].rows[5]
    assert row[1].sub == ""
    assert row[2].sub == "too few"


def test_a_change_that_does_not_exist_is_a_dash() -> None:
    """From zero there is no ratio."""
    change = Change(0.0, 1.0, 1.0, None, None, None, Verdict.INCONCLUSIVE)
    assert change_cell(change).text == "–"
