"""Several runs side by side: before and after a change of the code, the machine or the question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from harness.stats import (
    Comparison,
    Statistic,
    Verdict,
    compare_paired,
    compare_unpaired,
    random_generator,
)
from reports.analysis import Analysis
from reports.sections.payment_times import change_cell
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import (
    count,
    digits,
    percent_less,
    percent_range,
    seconds_range_plain,
)
from reports.variant_analysis import VariantAnalysis, pair_up

__all__ = ["RunLine", "SideBySide", "compare_runs"]

_PAIRING = ("seed", "profile_data", "rate_per_s", "duration_s", "warmup_s", "time_scale")
"""Runs that agree in these had the same shoppers with the same draws at the same moments."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """Name one run of the page.

    Attributes:
        label: "A", "B", … as the table has it.
        name, created_utc, path: what and where it is.
        commit: of the code, "" if unknown.
        valid, audit_ok: as in `Analysis`.
        breaches: sentences on why it must not be believed.
        cautions: what else a reader has to know.
    """

    label: str
    name: str
    created_utc: str
    path: str
    commit: str
    valid: bool
    audit_ok: bool | None
    breaches: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Hold the page's content.

    Attributes:
        runs: the runs, the first is the one before.
        verdicts: one sentence for each run but the first.
        times: payment times by variant and run.
        differences: what was not the same, as a table; None where everything was.
        pairing: how the runs were compared, in words.
    """

    runs: tuple[RunLine, ...]
    verdicts: tuple[str, ...]
    times: Table
    differences: Table | None
    pairing: str


def compare_runs(analyses: Sequence[Analysis]) -> SideBySide:
    """Work out what changed from the first run to each of the others."""
    first = analyses[0]
    paired = [_same_shoppers(first, other) for other in analyses[1:]]
    return SideBySide(
        runs=tuple(_line(number, analysis) for number, analysis in enumerate(analyses)),
        verdicts=tuple(
            _verdict(first, other, _label(number)) for number, other in enumerate(analyses[1:], 1)
        ),
        times=_times(analyses),
        differences=_differences(analyses),
        pairing=_pairing(paired),
    )


def _label(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else f"run {number + 1}"


def _line(number: int, analysis: Analysis) -> RunLine:
    manifest = analysis.manifest
    return RunLine(
        label=_label(number),
        name=manifest.name,
        created_utc=manifest.created_utc,
        path=analysis.folder.path.name,
        commit=manifest.git_commit or "",
        valid=analysis.valid,
        audit_ok=analysis.audit_ok,
        breaches=tuple(w.sentence for w in analysis.warnings if w.kind.invalidates),
        cautions=tuple(w.sentence for w in analysis.warnings if not w.kind.invalidates),
    )


def _same_shoppers(first: Analysis, other: Analysis) -> bool:
    mine, theirs = first.manifest.configuration, other.manifest.configuration
    return all(getattr(mine, name) == getattr(theirs, name) for name in _PAIRING)


def _compare(first: Analysis, other: Analysis, name: str) -> Comparison | None:
    before, after = first.find(name), other.find(name)
    if before is None or after is None or not (before.times_s.size and after.times_s.size):
        return None
    rng = random_generator(first.manifest.configuration.seed, "runs", name)
    if not _same_shoppers(first, other):
        return compare_unpaired(before.times_s, after.times_s, rng=rng)
    left, right = pair_up(before, after)
    return compare_paired(before.times_s[left], after.times_s[right], rng=rng)


def _verdict(first: Analysis, other: Analysis, label: str) -> str:
    """Return one sentence: what moved from the first run to another, the largest first."""
    moved: list[tuple[float, str]] = []
    unmoved: dict[Verdict, list[str]] = {Verdict.SAME: [], Verdict.INCONCLUSIVE: []}
    for variant in other.variants:
        comparison = _compare(first, other, variant.name)
        change = None if comparison is None else comparison.changes[Statistic.P50]
        if change is None or change.relative is None:
            continue
        if change.verdict in unmoved:
            unmoved[change.verdict].append(variant.name)
            continue
        interval = change.relative_interval
        sure = f", 95 % interval {percent_range(interval, signed=False)}" if interval else ""
        words = f"{variant.name} {change.verdict.value} ({percent_less(change.relative)}{sure})"
        moved.append((-abs(change.relative), words))
    parts = [words for _, words in sorted(moved)]
    parts += [f"{', '.join(names)} {word.value}" for word, names in unmoved.items() if names]
    if not parts:
        return f"Run {label} has no variant with payments in common with run A."
    return f"Run {label} against run A, p50: {'; '.join(parts)}."


def _times(analyses: Sequence[Analysis]) -> Table:
    names = dict.fromkeys(v.name for analysis in analyses for v in analysis.variants)
    return Table(
        caption="Payment time by variant and run",
        columns=(
            Column("variant, run", numeric=False),
            Column("n"),
            Column("p50", "s"),
            Column("p95", "s"),
            Column("change of p50"),
            Column("change of p95"),
            Column("verdict on p50", numeric=False),
            Column("errors"),
            Column("token calls"),
        ),
        groups=tuple(Group(name, tuple(_rows(analyses, name))) for name in names),
        notes=(
            "Changes are against run A. Small figures are 95 % intervals. improved, regressed: the"
            " whole interval lies more than 1 % off; same: it lies within 1 %; else inconclusive.",
        ),
    )


def _rows(analyses: Sequence[Analysis], name: str) -> Iterator[tuple[Cell, ...]]:
    for number, analysis in enumerate(analyses):
        variant = analysis.find(name)
        label = text(f"run {_label(number)}")
        if variant is None:
            yield (label, *(missing(f"not in run {_label(number)}") for _ in range(8)))
            continue
        comparison = None if number == 0 else _compare(analyses[0], analysis, name)
        yield (label, *_row(variant, comparison, first=number == 0))


def _row(
    variant: VariantAnalysis, comparison: Comparison | None, *, first: bool
) -> tuple[Cell, ...]:
    times = variant.summary.payment_time_s
    tokens = variant.tokens
    return (
        text(count(times.n)),
        _estimate(variant, times.p50, Statistic.P50),
        _estimate(variant, times.p95, Statistic.P95),
        *_changes(comparison, first=first),
        text(count(variant.summary.errors)),
        missing("calls were not counted")
        if tokens is None
        else text(count(tokens.grants + tokens.refreshes)),
    )


def _estimate(variant: VariantAnalysis, value_s: float | None, statistic: Statistic) -> Cell:
    if value_s is None:
        return missing("no successful payment after the warm-up")
    interval = variant.intervals[statistic]
    return text(digits(value_s), sub="" if interval is None else seconds_range_plain(interval))


def _changes(comparison: Comparison | None, *, first: bool) -> tuple[Cell, Cell, Cell]:
    if first:
        return (text("before"), text(""), text(""))
    if comparison is None:
        gone = missing("nothing to compare with in run A")
        return (gone, gone, gone)
    p50, p95 = (comparison.changes[s] for s in (Statistic.P50, Statistic.P95))
    return (change_cell(p50), change_cell(p95), Cell(p50.verdict.value, tag=p50.verdict.value))


def _pairing(paired: list[bool]) -> str:
    alike = "the same seed, profile and load, so each payment is compared with the same shopper’s"
    if all(paired):
        return f"The runs have {alike} payment in run A."
    unlike = (
        "other shoppers or other draws (see what differs), so all payments are compared with all:"
        " intervals are wider, and part of a change may come from the difference in what was asked"
    )
    if not any(paired):
        return f"The runs have {unlike}."
    return f"Some runs have {alike} payment in run A; the others have {unlike}."


def _differences(analyses: Sequence[Analysis]) -> Table | None:
    facts = [dict(_facts(analysis)) for analysis in analyses]
    names = dict.fromkeys(name for known in facts for name in known)
    rows = []
    for name in names:
        values = [known.get(name, "–") for known in facts]
        if any(value != values[0] for value in values):
            rows.append((text(name), *(text(value) for value in values)))
    if not rows:
        return None
    columns = (Column(f"run {_label(number)}", numeric=False) for number in range(len(analyses)))
    return Table(
        caption="What was not the same",
        columns=(Column("what", numeric=False), *columns),
        groups=(Group("", tuple(rows)),),
    )


def _facts(analysis: Analysis) -> Iterator[tuple[str, str]]:
    manifest = analysis.manifest
    configuration = manifest.configuration
    for field in fields(configuration):
        value: Any = getattr(configuration, field.name)
        if field.name == "profile_data":
            yield from _flatten("profile", value)
        else:
            yield field.name, f"{value:g}" if isinstance(value, float) else str(value)
    for variant in manifest.variants:
        yield f"optimizations of {variant.name}", ", ".join(variant.optimizations) or "none"
    yield "commit", manifest.git_commit or "unknown"
    yield from sorted(manifest.versions.items())
    yield from ((f"machine: {key}", str(value)) for key, value in sorted(manifest.machine.items()))


def _flatten(prefix: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key in sorted(value):
            yield from _flatten(f"{prefix}.{key}", value[key])
    else:
        yield prefix, str(value)
