"""A run for the terminal: the verdict in words, a table of payment times, and what to beware of."""

from typing import Literal

from rich.table import Table as RichTable
from rich.text import Text

from harness.rundata import AuditVerdict
from harness.stats import Statistic, Verdict
from reports.analysis import Analysis
from reports.sections.headline import make_headline
from reports.units import NONE, count, digits, percent_change
from reports.variant_analysis import VariantAnalysis

__all__ = ["terminal_table", "terminal_verdict", "terminal_warnings"]

_STYLES = {
    Verdict.IMPROVED: "green",
    Verdict.REGRESSED: "red",
    Verdict.SAME: "",
    Verdict.INCONCLUSIVE: "yellow",
}
_BAD = "bold red"

_COLUMNS: tuple[tuple[str, Literal["left", "right"]], ...] = (
    ("variant", "left"),
    ("p50 s", "right"),
    ("change", "right"),
    ("p95 s", "right"),
    ("max s", "right"),
    ("n", "right"),
    ("tokens", "right"),
    ("errors", "right"),
    ("audit", "left"),
)


def terminal_verdict(analysis: Analysis) -> str:
    """Return the verdict in one or two sentences."""
    headline = make_headline(analysis)
    if headline is None:
        return "Nothing was measured: no payment succeeded after the warm-up."
    times = f"{headline.after_name} {headline.after}"
    if headline.before:
        times = f"{headline.before_name} {headline.before} → {times}"
    return f"{times}. {headline.verdict}"


def terminal_table(analysis: Analysis) -> RichTable:
    """Return payment times, their change, token calls, errors and the audit: 80 columns wide."""
    drawn = RichTable(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for head, justify in _COLUMNS:
        drawn.add_column(head, justify=justify, no_wrap=True)
    for variant in analysis.variants:
        drawn.add_row(*_row(analysis, variant))
    return drawn


def terminal_warnings(analysis: Analysis) -> list[tuple[bool, str]]:
    """Return the warnings, those that invalidate the run first: (invalidates, sentence)."""
    return [(warning.kind.invalidates, warning.sentence) for warning in analysis.warnings]


def _row(analysis: Analysis, variant: VariantAnalysis) -> tuple[Text, ...]:
    times, errors = variant.summary.payment_time_s, variant.summary.errors
    return (
        Text(variant.name),
        Text(digits(times.p50)),
        _change(analysis, variant),
        Text(digits(times.p95)),
        Text(digits(times.max)),
        Text(count(times.n)),
        Text(count(variant.summary.token_grants)),
        Text(count(errors), style=_BAD if errors else ""),
        _audit(variant.audit),
    )


def _change(analysis: Analysis, variant: VariantAnalysis) -> Text:
    if variant is analysis.baseline:
        return Text("baseline")
    if variant.comparison is None:
        return Text(NONE)
    change = variant.comparison.changes[Statistic.P50]
    return Text(percent_change(change.relative), style=_STYLES[change.verdict])


def _audit(audit: AuditVerdict | None) -> Text:
    if audit is None:
        return Text("none")
    return Text("ok", style="green") if audit.ok else Text("violated", style=_BAD)
