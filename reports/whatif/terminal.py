"""A what-if for the terminal: sentences, then tables of 80 columns."""

from collections.abc import Iterator

from rich.table import Table as RichTable
from rich.text import Text

from harness.rundata.whatif import KnobKind, SweepRecord, WhatIfRecord
from reports.units import NONE, digits
from reports.whatif.finding import headline_sentences, reliance_sentences, setting_sentences
from reports.whatif.payoff import hero_of, ranked_payoffs
from reports.whatif.words import knob_words, value_words

__all__ = ["whatif_lines", "whatif_tables"]


def whatif_lines(record: WhatIfRecord) -> list[str]:
    """Return what was found, a line each."""
    lines = [" ".join(headline_sentences(record)), *setting_sentences(record)]
    return [*lines, *reliance_sentences(record)]


def whatif_tables(record: WhatIfRecord) -> Iterator[tuple[str, RichTable]]:
    """Yield a ranking where all stages were asked about, else the medians of every curve."""
    if record.all_stages:
        yield f"Half the time of one stage, {hero_of(record)}, seconds:", _ranking(record)
        return
    for sweep in record.sweeps:
        words = knob_words(sweep)
        yield f"Median / p95 over {words}, seconds:", _curves(record, sweep)


def _ranking(record: WhatIfRecord) -> RichTable:
    drawn = _empty("stage", ("p50", "saved", "p95", "saved"))
    for payoff in ranked_payoffs(record, hero_of(record), kinds=(KnobKind.STAGE,)):
        drawn.add_row(
            payoff.sweep.name,
            digits(payoff.figures.p50_s),
            digits(payoff.p50_s) if payoff.pays else "0",
            digits(payoff.figures.p95_s),
            digits(payoff.p95_s) if payoff.pays else "0",
        )
    return drawn


def _curves(record: WhatIfRecord, sweep: SweepRecord) -> RichTable:
    drawn = _empty("variant", tuple(value_words(p.value, sweep.unit) for p in sweep.points))
    for variant in record.variants:
        cells = []
        for point in sweep.points:
            figures = point.figures[variant.name]
            times = f"{digits(figures.p50_s)} / {digits(figures.p95_s)}"
            strong = "bold" if point.value == sweep.base else ""
            cells.append(Text(NONE if figures.p50_s is None else times, style=strong))
        drawn.add_row(Text(variant.name), *cells)
    return drawn


def _empty(first: str, others: tuple[str, ...]) -> RichTable:
    drawn = RichTable(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    drawn.add_column(first, no_wrap=True)
    for head in others:
        drawn.add_column(head, justify="right", no_wrap=True)
    return drawn
