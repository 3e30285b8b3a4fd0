"""Stages by variant."""

from collections.abc import Callable

import pytest

from reports import Analysis
from reports.sections.stage_times import stage_changes_table, stage_quantiles_table
from reports.table import Cell, Table

Make = Callable[..., Analysis]


def _rows(table: Table) -> dict[str, tuple[Cell, ...]]:
    return {row[0].text: row for group in table.groups for row in group.rows}


def test_columns_add_up_to_the_mean_payment_time(seven: Analysis) -> None:
    """Critical seconds of all stages, and the unaccounted rest."""
    table = stage_changes_table(seven)
    assert table is not None
    rows = _rows(table)
    for column in range(1, 8):
        parts = [float(row[column].text) for name, row in rows.items() if "mean" not in name]
        total = float(rows["payment time, mean"][column].text)
        assert sum(parts) == pytest.approx(total, abs=0.01)


def test_a_change_that_matters_is_shaded_and_has_its_interval(seven: Analysis) -> None:
    """The token's grant does; the insert does not change."""
    table = stage_changes_table(seven)
    assert table is not None
    rows = _rows(table)
    grant, insert = rows["token_grant"][3], rows["insert_payment"][3]
    assert grant.level == 4
    assert "to" in grant.sub
    assert grant.reason.startswith("−4.")
    assert insert.level == 0
    assert insert.sub == ""


def test_groups_follow_the_families_in_the_order_of_a_payment(seven: Analysis) -> None:
    """Database, tokens, payment, everything else."""
    table = stage_changes_table(seven)
    assert table is not None
    assert [group.head for group in table.groups] == [
        "Database",
        "bKash: tokens",
        "bKash: payment",
        "Everything else",
    ]


def test_a_backend_without_stages_is_all_unaccounted(make_run: Make) -> None:
    """Beside one with stages it has dashes and one figure."""
    analysis = make_run(variants=("sequential", "mine"), without_stages=frozenset({"mine"}))
    table = stage_changes_table(analysis)
    assert table is not None
    rows = _rows(table)
    assert rows["create_payment"][2].text == "–"
    assert rows["unaccounted"][2].text == rows["payment time, mean"][2].text
    quantiles = stage_quantiles_table(analysis)
    assert quantiles is not None
    assert {row[0].text for group in quantiles.groups for row in group.rows} == {"sequential"}


def test_without_any_stage_there_are_no_tables(make_run: Make) -> None:
    """Nothing to show."""
    analysis = make_run(variants=("mine",), without_stages=frozenset({"mine"}), baseline="mine")
    assert stage_changes_table(analysis) is None
    assert stage_quantiles_table(analysis) is None


def test_quantiles_are_of_payments_that_had_the_stage(seven: Analysis) -> None:
    """30 of stored's payments waited for a grant; the baseline is named as such."""
    table = stage_quantiles_table(seven)
    assert table is not None
    grants = next(group for group in table.groups if group.head == "token_grant")
    by_name = {row[0].text: row for row in grants.rows}
    assert by_name["sequential"][1].text == "260"
    assert by_name["sequential"][8].text == "baseline"
    assert by_name["stored"][1].text == "30"
    assert by_name["stored"][8].text.startswith("−")
    assert "optimized" not in by_name


def test_p99_of_a_stage_needs_a_thousand_too(make_run: Make) -> None:
    """The same rule for stages."""
    table = stage_quantiles_table(make_run(variants=("sequential",), arrivals=1000))
    assert table is not None
    assert all(row[5].text != "–" for group in table.groups for row in group.rows)


def test_without_a_baseline_there_is_no_change(make_run: Make) -> None:
    """Means stand, changes do not."""
    table = stage_quantiles_table(make_run(variants=("optimized",)))
    assert table is not None
    assert table.groups[0].rows[0][8].text == ""
