"""Which optimizations need each other, and which save the same thing twice."""

from collections.abc import Iterator

from harness.rundata import AttributionRecord, Measure, TrafficRecord
from reports.attribution.finding import LEAST_S
from reports.table import Cell, Column, Group, Table, text
from reports.units import digits, seconds

__all__ = ["interaction_sentences", "interaction_table"]

_MOST = 3
"""Pairs told in words per kind of traffic; the table has all."""


def interaction_table(record: AttributionRecord) -> Table | None:
    """Return the interactions of all pairs by kind of traffic; None of a single optimization."""
    if len(record.optimizations) < 2:
        return None
    numbers = range(1, len(record.optimizations))
    return Table(
        caption="Interaction of each pair: mean seconds saved more together than apart",
        columns=(
            Column("optimization", numeric=False),
            *(Column(f"with {number}", record.optimizations[number - 1]) for number in numbers),
        ),
        groups=tuple(_group(record, traffic) for traffic in record.traffic),
        notes=(
            "Shapley interaction index (Grabisch and Roubens, 1999). Above 0: one needs the other."
            " Below 0: they save the same wait. 0: each is worth what it is worth by itself."
            " The darker a cell, the larger against the whole time.",
        ),
    )


def interaction_sentences(record: AttributionRecord) -> list[tuple[str, list[str]]]:
    """Return the strongest pairs in words, by kind of traffic: (kind, sentences)."""
    return [(traffic.name, list(_strongest(record, traffic))) for traffic in record.traffic]


def _group(record: AttributionRecord, traffic: TrafficRecord) -> Group:
    measure = traffic.measures[Measure.TIME_MEAN]
    rows = []
    for place, flag in enumerate(record.optimizations):
        if place == 0:
            continue
        cells = [
            _cell(measure.interactions[place][other], whole=measure.before)
            if other < place
            else text("")
            for other in range(len(record.optimizations) - 1)
        ]
        rows.append((text(flag), *cells))
    return Group(f"{traffic.name}: {traffic.words}", tuple(rows))


def _cell(value_s: float, *, whole: float) -> Cell:
    if abs(value_s) < LEAST_S:
        return Cell(text="0", tag="none")
    part = abs(value_s) / whole
    level = sum(part >= step for step in (0.001, 0.01, 0.03, 0.10))
    return Cell(text=digits(value_s, signed=True), level=level)


def _strongest(record: AttributionRecord, traffic: TrafficRecord) -> Iterator[str]:
    measure = traffic.measures[Measure.TIME_MEAN]
    pairs = [
        (value_s, first, second)
        for second, row in enumerate(measure.interactions)
        for first, value_s in enumerate(row[:second])
        if abs(value_s) >= LEAST_S
    ]
    for value_s, first, second in sorted(pairs, key=lambda pair: -abs(pair[0]))[:_MOST]:
        names = f"{record.optimizations[first]} and {record.optimizations[second]}"
        if value_s < 0:
            yield (
                f"{names} save {seconds(-value_s)} less together than apart: they save the same"
                " wait."
            )
            continue
        idle = [
            record.optimizations[place]
            for place in (first, second)
            if abs(measure.shares[place].alone) < LEAST_S
        ]
        why = f": {idle[0]} does nothing by itself" if len(idle) == 1 else ""
        yield f"{names} save {seconds(value_s)} more together than apart{why}."
