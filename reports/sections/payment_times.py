"""Payment times by variant, with the change against the baseline."""

from harness.stats import P99_MIN_N, Change, Statistic, effect_level
from reports.analysis import Analysis
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import (
    count,
    digits,
    percent_change,
    percent_range,
    seconds_range_plain,
)
from reports.variant_analysis import VariantAnalysis

__all__ = ["change_cell", "no_p99", "payment_times_table"]


def payment_times_table(analysis: Analysis) -> Table:
    """Return a row per variant: quantiles, and the change of p50 and p95."""
    columns = (
        Column("variant", numeric=False),
        Column("p50", "s"),
        Column("change", "of p50"),
        Column("verdict", "on p50", numeric=False),
        Column("p90", "s"),
        Column("p95", "s"),
        Column("change", "of p95"),
        Column("p99", "s"),
        Column("max", "s"),
        Column("n", "payments"),
    )
    rows = tuple(_row(analysis, variant) for variant in analysis.variants)
    return Table(
        caption="Payment time by variant",
        columns=columns,
        groups=(Group("", rows),),
        notes=(
            "Payment time: response time of make-payment and of the callback, each from the moment"
            " it was due; the shopper’s time at bKash is left out. Small figures are 95 %"
            " intervals. Warm-up and failed payments are not in here.",
            "improved, regressed: the whole interval lies more than 1 % off; same: it lies within"
            " 1 %; else inconclusive. The darker a cell, the larger the change.",
        ),
    )


def _row(analysis: Analysis, variant: VariantAnalysis) -> tuple[Cell, ...]:
    times = variant.summary.payment_time_s
    none = f"{variant.name} has no successful payment after the warm-up"

    def cell(value_s: float | None, statistic: Statistic | None = None) -> Cell:
        if value_s is None:
            return missing(none)
        interval = None if statistic is None else variant.intervals[statistic]
        return text(digits(value_s), sub="" if interval is None else seconds_range_plain(interval))

    change_of_p50, change_of_p95, verdict = _changes(analysis, variant)
    return (
        text(variant.name),
        cell(times.p50, Statistic.P50),
        change_of_p50,
        verdict,
        cell(times.p90),
        cell(times.p95, Statistic.P95),
        change_of_p95,
        cell(times.p99) if times.p99 is not None or times.n == 0 else no_p99(),
        cell(times.max),
        text(count(times.n)),
    )


def no_p99() -> Cell:
    """Return the cell of a p99 that would rest on too few payments."""
    return missing(f"p99: given from {P99_MIN_N:,} payments on; below, it rests on fewer than ten")


def _changes(analysis: Analysis, variant: VariantAnalysis) -> tuple[Cell, Cell, Cell]:
    if variant is analysis.baseline:
        return (text("baseline"), text(""), text(""))
    if variant.comparison is None:
        gone = missing("change: nothing to compare with")
        return (gone, gone, missing(""))
    p50 = variant.comparison.changes[Statistic.P50]
    p95 = variant.comparison.changes[Statistic.P95]
    verdict = Cell(text=p50.verdict.value, tag=p50.verdict.value)
    return (change_cell(p50), change_cell(p95), verdict)


def change_cell(change: Change) -> Cell:
    """Return a relative change with its interval, shaded by its size."""
    if change.relative is None:
        return missing("change: nothing to compare with")
    sub = percent_range(change.relative_interval) if change.relative_interval else "too few"
    return Cell(text=percent_change(change.relative), sub=sub, level=effect_level(change.relative))
