"""Where shoppers failed: how much of a saving is payments that were given up."""

from harness.rundata import AttributionRecord, Measure, ShareRecord, TrafficRecord
from reports.attribution.claims import interval_words, share_cell
from reports.attribution.finding import had_trouble, share_of, total_of
from reports.sections.payment_times import no_p99
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import count, digits

__all__ = ["trouble_table"]

_TIMES = (Measure.TIME_MEAN, Measure.TIME_P99, Measure.PAID_MEAN, Measure.PAID_P99)


def trouble_table(record: AttributionRecord) -> Table | None:
    """Return a group per kind of traffic in which somebody failed; None where nobody did."""
    rough = [traffic for traffic in record.traffic if had_trouble(traffic)]
    if not rough:
        return None
    return Table(
        caption="Saved among all shoppers, and among those who paid with every set",
        columns=(
            Column("optimization", numeric=False),
            Column("all", "mean, s"),
            Column("all", "p99, s"),
            Column("paid everywhere", "mean, s"),
            Column("paid everywhere", "p99, s"),
            Column("failed", "change in 100"),
        ),
        groups=tuple(_group(record, traffic) for traffic in rough),
        notes=(
            "All: the time until an answer, whatever it was, so that no set looks fast by losing"
            " who is slow. Paid everywhere: the same shoppers in every set, none of whom failed in"
            " any. Failed: above 0, more shoppers were not told that they paid.",
        ),
    )


def _group(record: AttributionRecord, traffic: TrafficRecord) -> Group:
    rows = []
    for place, flag in enumerate(record.optimizations):
        failed = share_of(traffic, Measure.FAILED, place)
        rows.append(
            (
                text(flag),
                *(_time(traffic, measure, place) for measure in _TIMES),
                missing("not counted") if failed is None else _failed(failed),
            )
        )
    failed_in_all = traffic.measures[Measure.FAILED]
    change = digits(-total_of(failed_in_all), signed=True)
    rows.append((text("all of them"), *(_total(traffic, m) for m in _TIMES), text(change)))
    head = (
        f"{traffic.name}: {count(traffic.paid_everywhere)} of {count(traffic.shoppers)} shoppers"
        f" paid with every set; {digits(failed_in_all.before)} in 100 failed with none of them,"
        f" {digits(failed_in_all.after)} with all"
    )
    return Group(head, tuple(rows))


def _time(traffic: TrafficRecord, measure: Measure, place: int) -> Cell:
    share = share_of(traffic, measure, place)
    return no_p99() if share is None else share_cell(share)


def _total(traffic: TrafficRecord, measure: Measure) -> Cell:
    measured = traffic.measures.get(measure)
    return no_p99() if measured is None else text(digits(total_of(measured)))


def _failed(share: ShareRecord) -> Cell:
    change = digits(-share.saved, signed=True)
    if share.low is None or share.high is None or not interval_words(share):
        return Cell(text=change, tag="none" if change == "0" else "")
    low, high = digits(-share.high, signed=True), digits(-share.low, signed=True)
    unsure = share.low <= 0 <= share.high
    return Cell(text=change, sub=f"{low} to {high}", tag="none" if unsure else "")
