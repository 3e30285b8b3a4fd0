"""The tables of a cross-check: whole payments, then every stage of every variant."""

from harness.rundata.crosscheck import CrosscheckRecord, StageRecord
from reports.crosscheck.finding import PAYMENT, shift_s, wholes
from reports.families import in_journey_order
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import NONE, count, digits, milliseconds

__all__ = ["VERDICT_WORDS", "payment_table", "stage_table"]

VERDICT_WORDS = {"within": "within", "outside": "outside", "too_few": "too few"}
_TAGS = {"within": "improved", "outside": "regressed", "too_few": "none"}
"""As the style sheet colours them."""

_NONE_SEEN = "never seen on this clock"
_UNPREDICTED = "fewer than 30 durations in the runs that predict it"


def payment_table(record: CrosscheckRecord) -> Table:
    """Return the whole payment of each variant on both clocks, seconds."""
    rows = tuple(
        (
            Cell(text=stage.variant, sub=f"{count(stage.real_n)} payments"),
            _seconds(stage.real_p50_s),
            _seconds(stage.virtual_p50_s),
            _shift(stage, "p50_s"),
            _seconds(stage.real_p95_s),
            _seconds(stage.virtual_p95_s),
            _shift(stage, "p95_s"),
            _most(stage),
            _verdict(stage),
        )
        for stage in wholes(record)
    )
    return Table(
        caption="Payment time on the real and on the virtual clock, and what the real one adds",
        columns=(
            Column("variant", numeric=False),
            Column("p50 real", "s"),
            Column("virtual", "s"),
            Column("added", "ms"),
            Column("p95 real", "s"),
            Column("virtual", "s"),
            Column("added", "ms"),
            Column("predicted", "ms at most"),
            Column("", numeric=False),
        ),
        groups=(Group("", rows),),
    )


def stage_table(record: CrosscheckRecord) -> Table:
    """Return what the real clock adds to every stage of every variant, milliseconds."""
    groups = []
    for variant in record.variants:
        by_name = {s.stage: s for s in record.of(variant) if s.stage != PAYMENT}
        rows = tuple(
            (
                text(name),
                text(count(by_name[name].real_n)),
                _shift(by_name[name], "p50_s"),
                _shift(by_name[name], "p95_s"),
                _most(by_name[name]),
                _verdict(by_name[name]),
            )
            for name in in_journey_order(tuple(by_name))
        )
        groups.append(Group(variant, rows))
    return Table(
        caption="What the real clock adds to each stage",
        columns=(
            Column("stage", numeric=False),
            Column("n"),
            Column("p50 added", "ms"),
            Column("p95 added", "ms"),
            Column("predicted", "ms at most"),
            Column("", numeric=False),
        ),
        groups=tuple(groups),
    )


def _seconds(value_s: float | None) -> Cell:
    return missing(_NONE_SEEN) if value_s is None else text(digits(value_s))


def _shift(stage: StageRecord, statistic: str) -> Cell:
    shift = shift_s(stage, statistic)
    return missing(_NONE_SEEN) if shift is None else text(digits(shift * 1e3, signed=True))


def _most(stage: StageRecord) -> Cell:
    return missing(_UNPREDICTED) if stage.most_s is None else text(milliseconds(stage.most_s))


def _verdict(stage: StageRecord) -> Cell:
    return Cell(text=VERDICT_WORDS.get(stage.verdict, NONE), tag=_TAGS.get(stage.verdict, ""))
