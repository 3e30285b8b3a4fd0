"""Stages: what each costs on the critical path, and its quantiles."""

from harness.rundata import Quantiles
from harness.stats import UNACCOUNTED, effect_level
from reports.analysis import Analysis
from reports.families import Family, family_of, in_journey_order
from reports.sections.payment_times import no_p99
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import count, digits, seconds_range, signed_seconds
from reports.variant_analysis import VariantAnalysis

__all__ = ["stage_changes_table", "stage_quantiles_table"]

_FAMILY_HEADS = {
    Family.DATABASE: "Database",
    Family.TOKEN: "bKash: tokens",
    Family.GATEWAY: "bKash: payment",
    Family.OWN: "Everything else",
}
_TOTAL = "payment time, mean"

_SHARE_SHOWN = 0.001
"""A change of a stage below this share of the whole payment shows no interval: it is noise, and
would hide the few that matter."""


def stage_changes_table(analysis: Analysis) -> Table | None:
    """Return mean critical seconds per stage and variant; None where nobody sent stages."""
    variants = [v for v in analysis.variants if v.times_s.size]
    if not any(variant.has_stages for variant in variants):
        return None
    stages = in_journey_order(analysis.columns[:-1])
    groups = []
    for family, head in _FAMILY_HEADS.items():
        rows = [_row(analysis, variants, s) for s in stages if family_of(s) is family]
        if family is Family.OWN:
            rows += [_row(analysis, variants, UNACCOUNTED), _total(variants)]
        if rows:
            groups.append(Group(head, tuple(rows)))
    return Table(
        caption="Seconds per payment on the critical path, mean, and change against the baseline",
        columns=(
            Column("stage", numeric=False),
            *(Column(variant.name, "s") for variant in variants),
        ),
        groups=tuple(groups),
        notes=(
            "Only the part of a stage that the payment waited for counts, so a column adds up to"
            " its mean payment time. Small figures: 95 % interval of the change against the"
            " baseline, in seconds, where it is at least 0.1 % of a payment. The darker a cell, the"
            " larger its share in the change of the whole payment.",
        ),
    )


def stage_quantiles_table(analysis: Analysis) -> Table | None:
    """Return quantiles of each stage in each variant; None where nobody sent stages."""
    variants = [v for v in analysis.variants if v.times_s.size and v.has_stages]
    if not variants:
        return None
    groups = [
        Group(
            stage,
            tuple(
                _quantiles(analysis, variant, stage)
                for variant in variants
                if stage in variant.summary.stages
            ),
        )
        for stage in in_journey_order(analysis.columns[:-1])
        if any(stage in variant.summary.stages for variant in variants)
    ]
    return Table(
        caption="Stages by variant: how long they took where they occurred",
        columns=(
            Column("stage, variant", numeric=False),
            Column("n"),
            Column("p50", "s"),
            Column("p90", "s"),
            Column("p95", "s"),
            Column("p99", "s"),
            Column("max", "s"),
            Column("critical, mean", "s"),
            Column("change", "s"),
            Column("95 % interval", "s"),
        ),
        groups=tuple(groups),
        notes=(
            "n: payments in which the stage occurred; twice in a payment is summed. Critical, mean:"
            " what it added to a payment on average, over all payments; change: of that mean"
            " against the baseline, by arrival.",
        ),
    )


def _row(analysis: Analysis, variants: list[VariantAnalysis], stage: str) -> tuple[Cell, ...]:
    column = analysis.columns.index(stage)
    cells = [text(stage)]
    for variant in variants:
        if not variant.has_stages and stage != UNACCOUNTED:
            cells.append(missing(f"{variant.name} sends no stages"))
            continue
        mean_s = float(variant.critical_s[:, column].mean())
        cells.append(_change_cell(analysis, variant, stage, mean_s))
    return tuple(cells)


def _change_cell(analysis: Analysis, variant: VariantAnalysis, stage: str, mean_s: float) -> Cell:
    change = variant.critical_changes.get(stage)
    if change is None:
        return text(digits(mean_s))
    whole_s = _whole_s(analysis)
    # On the virtual clock a profile without waits has payments that take no time at all.
    share = change.difference_s / whole_s if whole_s else 0.0
    matters = change.interval_s is not None and abs(share) >= _SHARE_SHOWN
    return Cell(
        text=digits(mean_s),
        sub=seconds_range(change.interval_s) if matters else "",
        reason=f"{signed_seconds(change.difference_s)} s against the baseline",
        level=effect_level(share),
    )


def _whole_s(analysis: Analysis) -> float:
    base = analysis.baseline
    assert base is not None, "a change is against a baseline with payments"
    return float(base.times_s.mean())


def _total(variants: list[VariantAnalysis]) -> tuple[Cell, ...]:
    means = [text(digits(float(variant.times_s.mean()))) for variant in variants]
    return (text(_TOTAL), *means)


def _quantiles(analysis: Analysis, variant: VariantAnalysis, stage: str) -> tuple[Cell, ...]:
    figures: Quantiles = variant.summary.stages[stage]
    column = analysis.columns.index(stage)
    change = variant.critical_changes.get(stage)
    interval_s = None if change is None else change.interval_s
    base = "baseline" if variant is analysis.baseline else ""
    return (
        text(variant.name),
        text(count(figures.n)),
        *(text(digits(value)) for value in (figures.p50, figures.p90, figures.p95)),
        no_p99() if figures.p99 is None else text(digits(figures.p99)),
        text(digits(figures.max)),
        text(digits(float(variant.critical_s[:, column].mean()))),
        text(base if change is None else signed_seconds(change.difference_s)),
        text("" if interval_s is None else seconds_range(interval_s)),
    )
