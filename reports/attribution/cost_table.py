"""What the savings cost: calls, queries, and payments that were created for nothing."""

from harness.rundata import AttributionRecord, Measure, TrafficRecord
from harness.stats import CALLS_PER_HOUR_LIMIT
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import NONE, count, digits, plain

__all__ = ["cost_sentences", "cost_table"]

_HOUR_S = 3600.0

_COLUMNS = (
    (Measure.TOKEN_CALLS_WORST, Column("token calls", "worst hour")),
    (Measure.TOKEN_CALLS, Column("token calls", "an hour")),
    (Measure.QUERIES, Column("queries", "a payment")),
    (Measure.CONNECTIONS, Column("connections", "a payment")),
    (Measure.BKASH_QUERIES, Column("bKash queries", "in 100")),
    (Measure.ABANDONED, Column("abandoned", "creates in 100")),
    (Measure.FAILED, Column("failed", "in 100")),
)


def cost_table(record: AttributionRecord) -> Table:
    """Return a group per kind of traffic: none of them, what each changes, all of them."""
    return Table(
        caption="Cost: with none of them, what each changes (its share), with all",
        columns=(Column("optimization", numeric=False), *(column for _, column in _COLUMNS)),
        groups=tuple(_group(record, traffic) for traffic in record.traffic),
        notes=(
            f"Token calls: grants and refreshes; bKash allows {CALLS_PER_HOUR_LIMIT} an hour and"
            " blocks a merchant beyond; the worst hour is any 3,600 s. Queries: statements of the"
            " shop’s own database, its housekeeping between payments included. bKash queries: asked"
            " when an execute went without an answer. Abandoned: payments that bKash created and"
            " nobody executed. Failed: shoppers who were not told that they paid. An optimization"
            " that changes none of these is left out.",
            *_short_runs(record),
        ),
    )


def cost_sentences(record: AttributionRecord) -> list[str]:
    """Return which kinds of traffic get a shop blocked, with all of the optimizations on."""
    sentences = []
    for traffic in record.traffic:
        worst = traffic.measures[Measure.TOKEN_CALLS_WORST]
        if round(worst.after) <= CALLS_PER_HOUR_LIMIT:
            continue
        sentences.append(
            f"Under {traffic.name} traffic bKash would block the shop even with all of them:"
            f" {count(round(worst.after))} token calls in the worst hour, and"
            f" {CALLS_PER_HOUR_LIMIT} are allowed."
        )
    return sentences


def _short_runs(record: AttributionRecord) -> list[str]:
    return [
        f"{traffic.name} lasted {plain(traffic.horizon_s)} s, which is less than an hour: its worst"
        " hour is all of it, and calls an hour are carried over."
        for traffic in record.traffic
        if traffic.horizon_s < _HOUR_S
    ]


def _group(record: AttributionRecord, traffic: TrafficRecord) -> Group:
    rows = [(text("none of them"), *(_level(traffic, m, after=False) for m, _ in _COLUMNS))]
    for place, flag in enumerate(record.optimizations):
        changes = tuple(_change(traffic, m, place) for m, _ in _COLUMNS)
        if any(cell.text not in ("0", NONE) for cell in changes):
            rows.append((text(flag), *changes))
    rows.append((text("all of them"), *(_level(traffic, m, after=True) for m, _ in _COLUMNS)))
    return Group(f"{traffic.name}: {traffic.words}", tuple(rows))


def _level(traffic: TrafficRecord, measure: Measure, *, after: bool) -> Cell:
    measured = traffic.measures.get(measure)
    if measured is None:
        return missing("nobody could count this")
    value = measured.after if after else measured.before
    over = measure is Measure.TOKEN_CALLS_WORST and round(value) > CALLS_PER_HOUR_LIMIT
    return Cell(
        text=plain(value), sub="over the limit" if over else "", tag="over" if over else "total"
    )


def _change(traffic: TrafficRecord, measure: Measure, place: int) -> Cell:
    measured = traffic.measures.get(measure)
    if measured is None:
        return missing("nobody could count this")
    change = digits(-measured.shares[place].saved, signed=True)
    return Cell(text=change, tag="none" if change == "0" else "")
