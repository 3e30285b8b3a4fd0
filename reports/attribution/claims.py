"""The guide's savings beside what was simulated, by kind of traffic, and the verdict in words."""

from harness.rundata import AttributionRecord, ShareRecord
from reports.attribution.finding import claimed_words, find, matters
from reports.attribution.verdict import verdict_on
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import digits

__all__ = ["claims_table", "interval_words", "share_cell", "verdicts"]


def claims_table(record: AttributionRecord) -> Table:
    """Return a row per optimization."""
    rows = tuple(
        (text(flag), _claim(flag), *(share_cell(f.share) for f in find(record, flag)))
        for flag in record.optimizations
    )
    return Table(
        caption="Saved of the mean time until a shopper has an answer, by kind of traffic",
        columns=(
            Column("optimization", numeric=False),
            Column("guide says"),
            *(Column(traffic.name, "s") for traffic in record.traffic),
        ),
        groups=(Group("", rows),),
        notes=(
            "Shares sum to the whole saving of a column. Small figures: 95 % interval over other"
            " shoppers. Grey: not to be told from nothing (less than a millisecond, or an interval"
            " with 0 in it). As claimed: within a quarter of the guide’s figure.",
        ),
    )


def verdicts(record: AttributionRecord) -> list[tuple[str, str]]:
    """Return the verdict on each optimization: (optimization, sentences)."""
    return [(flag, verdict_on(record, flag)) for flag in record.optimizations]


def share_cell(share: ShareRecord, *, whole: float | None = None) -> Cell:
    """Return a share with its interval, shaded by its part of `whole` if there is one."""
    part = abs(share.saved / whole) if whole else 0.0
    return Cell(
        text=digits(share.saved),
        sub=interval_words(share),
        level=sum(part >= step for step in (0.01, 0.05, 0.20, 0.50)) if matters(share) else 0,
        tag="" if matters(share) else "none",
    )


def interval_words(share: ShareRecord) -> str:
    """Return a share's interval, "" where there is none or it has no width."""
    if share.low is None or share.high is None:
        return ""
    low, high = digits(share.low), digits(share.high)
    return "" if low == high else f"{low} to {high}"


def _claim(flag: str) -> Cell:
    words = claimed_words(flag)
    return text(words) if words else missing("the guide claims nothing for it")
