"""What our own code, the machine and the network add to the modelled waits."""

from reports.analysis import Analysis
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import digits
from reports.variant_analysis import VariantAnalysis

__all__ = ["own_time_table"]


def own_time_table(analysis: Analysis) -> Table:
    """Return p50 and p95 of the overhead by variant, real milliseconds."""
    return Table(
        caption="Payment time minus the modelled waits on its critical path",
        columns=(
            Column("variant", numeric=False),
            Column("p50", "ms"),
            Column("p95", "ms"),
        ),
        groups=(Group("", tuple(_row(variant) for variant in analysis.variants)),),
        notes=(
            "Real milliseconds at any time scale: our own code, the database file, the machine, and"
            " how late the load generator was.",
        ),
    )


def _row(variant: VariantAnalysis) -> tuple[Cell, ...]:
    overhead = variant.summary.overhead_ms
    return (text(variant.name), _cell(overhead.p50), _cell(overhead.p95))


def _cell(value_ms: float | None) -> Cell:
    if value_ms is None:
        return missing("no payment said how much of its time was modelled")
    return text(digits(value_ms))
