"""Every share of every statistic, and what an optimization does alone and left out."""

from harness.rundata import AttributionRecord, Measure, TrafficRecord
from reports.attribution.claims import share_cell
from reports.attribution.finding import share_of, total_of
from reports.sections.payment_times import no_p99
from reports.table import Cell, Column, Group, Table, text
from reports.units import digits

__all__ = ["share_table"]

_QUANTILES = (Measure.TIME_P50, Measure.TIME_P95, Measure.TIME_P99)


def share_table(record: AttributionRecord) -> Table:
    """Return a group per kind of traffic, a row per optimization."""
    return Table(
        caption="Seconds saved: share of the mean and of quantiles, alone, and left out",
        columns=(
            Column("optimization", numeric=False),
            Column("share", "of the mean, s"),
            Column("alone", "mean, s"),
            Column("left out", "mean, s"),
            Column("share", "of p50, s"),
            Column("share", "of p95, s"),
            Column("share", "of p99, s"),
        ),
        groups=tuple(_group(record, traffic) for traffic in record.traffic),
        notes=(
            "Alone: against none of the others. Left out: lost without it, all others there. The"
            " share is the mean over all orders of switching them on, so that shares sum to what"
            " all save, exactly; alone and left out need not. A quantile’s shares sum to the"
            " quantile’s saving, and its interval is wide where few payments lie beyond it.",
        ),
    )


def _group(record: AttributionRecord, traffic: TrafficRecord) -> Group:
    mean = traffic.measures[Measure.TIME_MEAN]
    rows = []
    for place, flag in enumerate(record.optimizations):
        share = mean.shares[place]
        rows.append(
            (
                text(flag),
                share_cell(share, whole=mean.before),
                text(digits(share.alone)),
                text(digits(share.left_out)),
                *(_quantile(traffic, measure, place) for measure in _QUANTILES),
            )
        )
    totals = (_total(traffic, measure) for measure in _QUANTILES)
    rows.append((text("all of them"), text(digits(total_of(mean))), text(""), text(""), *totals))
    return Group(f"{traffic.name}: {traffic.words}", tuple(rows))


def _quantile(traffic: TrafficRecord, measure: Measure, place: int) -> Cell:
    share = share_of(traffic, measure, place)
    if share is None:
        return no_p99()
    return share_cell(share, whole=traffic.measures[measure].before)


def _total(traffic: TrafficRecord, measure: Measure) -> Cell:
    measured = traffic.measures.get(measure)
    return no_p99() if measured is None else text(digits(total_of(measured)))
