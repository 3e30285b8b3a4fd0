"""The tables of a what-if: what pays, what stands, and the figures of every curve."""

from collections.abc import Callable, Sequence

from harness.rundata.whatif import Figures, KnobKind, SweepRecord, WhatIfRecord
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import count, digits, percent, signed_seconds
from reports.whatif.conclusion import Conclusion, Trial, conclusions_of, try_conclusion
from reports.whatif.finding import flip_words
from reports.whatif.payoff import LEAST_S, hero_of, payoff_of, ranked_payoffs
from reports.whatif.words import sweep_range, value_words

__all__ = ["conclusion_table", "curve_table", "payoff_table", "trial_table"]

_NO_PAYMENT = "no payment succeeded"
_STANDS = "✓"


def payoff_table(record: WhatIfRecord) -> Table | None:
    """Return what half of each stage's time saves every variant; None without stages."""
    hero = hero_of(record)
    ranked = ranked_payoffs(record, hero, kinds=(KnobKind.STAGE,))
    if not ranked:
        return None
    largest = max((p.p50_s for p in ranked), default=0.0)
    rows = []
    for payoff in ranked:
        # The caption says half; another value, for want of that one, is written down.
        value = "" if payoff.value == 0.5 else value_words(payoff.value, payoff.sweep.unit)
        cells = [Cell(text=payoff.sweep.name, sub=value)]
        for variant in record.variants:
            theirs = payoff_of(record, payoff.sweep, variant.name)
            if theirs is None:
                cells.append(missing(_NO_PAYMENT))
                continue
            cells.append(
                Cell(
                    text=_saved(theirs.p50_s),
                    sub=f"p95 {_saved(theirs.p95_s)}" if abs(theirs.p95_s) >= LEAST_S else "",
                    level=_level(theirs.p50_s, largest),
                    reason=f"{percent(theirs.p50_share)} of the median",
                )
            )
        rows.append(tuple(cells))
    return Table(
        caption="Seconds off the median payment time when one stage takes half its time",
        columns=(
            Column("stage", numeric=False),
            *(Column(variant.name, "s") for variant in record.variants),
        ),
        groups=(Group("", tuple(rows)),),
        notes=(
            f"Ranked by what {hero} gains in median and p95 together. 0: payments do not wait for"
            " the stage, because something slower runs beside it, or because they do not have it.",
        ),
    )


def conclusion_table(record: WhatIfRecord) -> Table | None:
    """Return each conclusion with its quantity, how far that goes, and where it flips."""
    rows = []
    tried: set[str] = set()
    for conclusion in conclusions_of(record):
        base, trials = try_conclusion(record, conclusion)
        if base is None or not trials:
            continue
        tried |= {trial.sweep.name for trial in trials}
        lowest = min(t.robustness.lowest for t in trials)
        highest = max(t.robustness.highest for t in trials)
        rows.append(
            (
                text(conclusion.sentence[0].upper() + conclusion.sentence[1:]),
                text(conclusion.show(base)),
                text(f"{conclusion.show(lowest)} to {conclusion.show(highest)}"),
                _verdict_cell(
                    holds=all(t.robustness.holds for t in trials),
                    fails=all(t.robustness.fails for t in trials),
                    flips=flip_words(trials),
                ),
            )
        )
    if not rows:
        return None
    met = [sweep for sweep in record.sweeps if sweep.name in tried]
    return Table(
        caption="Which conclusions stand whatever is assumed, one assumption at a time",
        columns=(
            Column("conclusion", numeric=False),
            Column("as it is"),
            Column("over all ranges"),
            Column("does it stand?", numeric=False),
        ),
        groups=(Group("", tuple(rows)),),
        notes=(
            f"Looked at: {', '.join(_ranges(met))}. Between two simulated values a straight line"
            " is drawn, so that the place of a flip is near and not exact.",
        ),
    )


def trial_table(record: WhatIfRecord) -> Table | None:
    """Return the conclusions that flip against the assumptions that flip any; None where all stand.

    An assumption under which no payment succeeded says nothing of a conclusion, and has a dash.
    """
    tried = [(c, try_conclusion(record, c)[1]) for c in conclusions_of(record)]
    # Columns and rows of nothing but ticks would say no more than the table above.
    tried = [(c, ts) for c, ts in tried if not all(t.robustness.holds for t in ts)]
    if not tried:
        return None
    met = [s for s in record.sweeps if any(t.sweep.name == s.name for _, ts in tried for t in ts)]
    rows = {sweep.name: _trial_row(sweep, tried) for sweep in met}
    idle = [name for name, row in rows.items() if all(cell.text == _STANDS for cell in row[1:])]
    return Table(
        caption=f"The conclusions that flip, by assumption: {_STANDS} stands over its whole range",
        columns=(
            Column("assumption", numeric=False),
            *(Column(c.short, numeric=False) for c, _ in tried),
        ),
        groups=(Group("", tuple(row for name, row in rows.items() if name not in idle)),),
        notes=(f"None of them depends on {', '.join(idle)}.",) if idle else (),
    )


def _trial_row(
    sweep: SweepRecord, tried: Sequence[tuple[Conclusion, Sequence[Trial]]]
) -> tuple[Cell, ...]:
    cells = [Cell(text=sweep.name, sub=sweep_range(sweep))]
    for conclusion, trials in tried:
        trial = next((t for t in trials if t.sweep.name == sweep.name), None)
        cells.append(
            missing(_NO_PAYMENT) if trial is None else _trial_cell(conclusion, trial, sweep)
        )
    return tuple(cells)


def _trial_cell(conclusion: Conclusion, trial: Trial, sweep: SweepRecord) -> Cell:
    found = trial.robustness
    span = f"{conclusion.show(found.lowest)} to {conclusion.show(found.highest)}"
    if found.holds:
        return Cell(text=_STANDS, reason=span)
    if found.fails:
        return Cell(text="✗", reason=span, tag="over")
    at = ", ".join(value_words(value, sweep.unit) for value in found.flips_at)
    return Cell(text=f"flips at {at}", reason=span, level=2)


def curve_table(record: WhatIfRecord, sweep: SweepRecord) -> Table:
    """Return the figures of one curve: a group per variant, a row per value."""
    columns: tuple[tuple[Column, Callable[[Figures], Cell]], ...] = (
        (Column("p50", "s"), lambda f: _time(f.p50_s)),
        (Column("p95", "s"), lambda f: _time(f.p95_s)),
        (Column("p99", "s"), lambda f: _time(f.p99_s)),
        (Column("mean", "s"), lambda f: _time(f.mean_s)),
        (Column("failed", "payments"), lambda f: text(count(f.failed))),
        (Column("token calls", "worst hour"), lambda f: _calls(f, record.limit_per_hour)),
    )
    return Table(
        caption=f"The figures behind the curves of {sweep.name}",
        columns=(Column("value", numeric=False), *(column for column, _ in columns)),
        groups=tuple(
            Group(
                variant.name,
                tuple(
                    (
                        Cell(
                            text=value_words(point.value, sweep.unit),
                            sub="as it is" if point.value == sweep.base else "",
                        ),
                        *(cell(point.figures[variant.name]) for _, cell in columns),
                    )
                    for point in sweep.points
                ),
            )
            for variant in record.variants
        ),
    )


def _saved(saved_s: float) -> str:
    return "0" if abs(saved_s) < LEAST_S else signed_seconds(-saved_s)


def _level(saved_s: float, largest_s: float) -> int:
    if saved_s < LEAST_S or largest_s <= 0:
        return 0
    return sum(saved_s / largest_s > step for step in (0.02, 0.2, 0.5, 0.8))


def _verdict_cell(*, holds: bool, fails: bool, flips: str) -> Cell:
    if holds:
        return Cell(text="stands", tag="improved")
    if fails:
        return Cell(text="never true here", tag="over")
    return Cell(text="flips", sub=flips, tag="flips" if flips else "over")


def _ranges(sweeps: Sequence[SweepRecord]) -> list[str]:
    stages = [s for s in sweeps if s.kind is KnobKind.STAGE]
    others = [s for s in sweeps if s.kind is not KnobKind.STAGE]
    said = [f"{s.name} {sweep_range(s)}" for s in others]
    if len({sweep_range(s) for s in stages}) == 1 and len(stages) > 1:
        return [f"each of {len(stages)} stages {sweep_range(stages[0])}", *said]
    return [*(f"{s.name} {sweep_range(s)}" for s in stages), *said]


def _time(value_s: float | None) -> Cell:
    if value_s is None:
        return missing("it takes 1,000 payments for p99, and one for anything else")
    return text(digits(value_s))


def _calls(figures: Figures, limit: int) -> Cell:
    over = figures.worst_hour > limit
    return Cell(text=count(figures.worst_hour), tag="over" if over else "")
