"""How far each variant is from what nobody can avoid, and which stages could be slower for free."""

import numpy as np
from numpy.typing import NDArray

from harness.stats import slack_of
from reports.analysis import Analysis
from reports.families import in_journey_order
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import digits, percent, seconds
from reports.variant_analysis import VariantAnalysis

__all__ = ["floor_table", "slack_table"]

_NS_PER_S = 1e9

_ALWAYS = 0.9995
"""Share of payments from which a stage counts as always on the path: 99.95 % would read 100 %."""


def floor_table(analysis: Analysis) -> Table | None:
    """Return a row per variant; None where nobody sent stages."""
    variants = [v for v in analysis.variants if v.times_s.size and v.has_stages]
    if not variants:
        return None
    return Table(
        caption="Distance to the floor by variant",
        columns=(
            Column("variant", numeric=False),
            Column("payment", "mean, s"),
            Column("floor", "mean, s"),
            Column("distance", "mean, s"),
            Column("distance", "p50, s"),
            Column("distance", "p95, s"),
            Column("above", "the floor"),
            Column("unaccounted", "mean, s"),
            Column("unaccounted", "of all"),
        ),
        groups=(Group("", tuple(_floor_row(analysis, variant) for variant in variants)),),
        notes=(
            "Floor: create, execute and the three writes that keep a payment from being charged"
            " twice, of the same payment, one after the other; distance: what the payment took"
            " beyond that, so what can still be won. Unaccounted: what no stage on the critical"
            " path explains.",
        ),
    )


def slack_table(analysis: Analysis) -> Table | None:
    """Return stages by variant; None where nobody sent stages, or every stage is always waited for.

    Slack is a difference of times that cannot be brought to full size, so there is none at other
    time scales than 1.
    """
    variants = [v for v in analysis.variants if v.times_s.size and v.has_stages]
    if not variants or analysis.manifest.configuration.time_scale != 1:
        return None
    stages = analysis.table.stages
    slack_ns = slack_of(
        stages["payment"].to_numpy() * 2 + stages["request"].to_numpy(),
        stages["start_ns"].to_numpy(),
        stages["end_ns"].to_numpy(),
        on_path=stages["on_path"].to_numpy(),
    )
    rows = []
    for stage in in_journey_order(analysis.table.stage_names):
        cells = [_slack_cell(analysis, variant, stage, slack_ns) for variant in variants]
        if any(cell.sub for cell in cells):
            rows.append((text(stage), *cells))
    if not rows:
        return None
    return Table(
        caption="Slack: how much longer a stage could take before a payment did",
        columns=(
            Column("stage", numeric=False),
            *(Column(variant.name, "p50, s") for variant in variants),
        ),
        groups=(Group("", tuple(rows)),),
        notes=(
            "Median over the payments in which the stage was beside the critical path, and how"
            " often it was on it. Stages that every variant always waits for are left out: they"
            " have no slack.",
        ),
    )


def _floor_row(analysis: Analysis, variant: VariantAnalysis) -> tuple[Cell, ...]:
    payments = analysis.table.payments
    mine = (payments["variant"] == variant.name).to_numpy() & analysis.table.measured()
    floor_ns = payments["floor_ns"].to_numpy()[mine]
    total_ns = payments["total_ns"].to_numpy()[mine]
    unaccounted_s = float(variant.critical_s[:, -1].mean())
    mean_s = float(variant.times_s.mean())
    rest = (text(digits(unaccounted_s)), _share(unaccounted_s, mean_s))
    whole = floor_ns >= 0
    if not whole.any():
        gone = missing("floor: one of its stages is not sent")
        return (text(variant.name), text(digits(mean_s)), *(gone for _ in range(5)), *rest)
    floor_s = float(floor_ns[whole].mean()) / _NS_PER_S
    distance_s = (total_ns[whole] - floor_ns[whole]) / _NS_PER_S
    p50_s, p95_s = np.quantile(distance_s, [0.5, 0.95])
    return (
        text(variant.name),
        text(digits(mean_s)),
        text(digits(floor_s)),
        text(digits(float(distance_s.mean()))),
        text(digits(float(p50_s))),
        text(digits(float(p95_s))),
        _share(float(distance_s.mean()), floor_s),
        *rest,
    )


def _share(part_s: float, whole_s: float) -> Cell:
    # Without waits, the virtual clock has payments that take no time at all.
    return text(percent(part_s / whole_s)) if whole_s else missing("a share of no time")


def _slack_cell(
    analysis: Analysis, variant: VariantAnalysis, stage: str, slack_ns: NDArray[np.int64]
) -> Cell:
    table = analysis.table
    counted = table.measured() & (table.payments["variant"] == variant.name).to_numpy()
    named = (table.stages["stage"] == stage).to_numpy()
    rows = named & counted[table.stages["payment"].to_numpy()]
    if not rows.any():
        return text("")
    on_path = table.stages["on_path"].to_numpy()[rows]
    share = float(on_path.mean())
    if share >= _ALWAYS:
        return Cell(text="0", tag="none", reason="always on the critical path")
    beside_s = float(np.median(slack_ns[rows][~on_path])) / _NS_PER_S
    return Cell(
        text=digits(beside_s),
        sub=f"on it in {percent(share)}" if share else "never on it",
        reason=f"{stage} could take {seconds(beside_s)} longer",
    )
