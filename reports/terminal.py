"""A run for the terminal: the verdict in words, a table of payment times, and what to beware of."""

from collections.abc import Iterator

from rich.table import Table as RichTable
from rich.text import Text

from harness.stats import Verdict
from reports.analysis import Analysis
from reports.sections.headline import make_headline
from reports.sections.payment_times import payment_times_table
from reports.table import Cell, Column, Table
from reports.units import count, digits

__all__ = ["terminal_table", "terminal_verdict", "terminal_warnings"]

_STYLES = {
    Verdict.IMPROVED.value: "green",
    Verdict.REGRESSED.value: "red",
    Verdict.INCONCLUSIVE.value: "yellow",
}


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
    """Return payment times, their change, token calls, errors and the audit by variant."""
    table = payment_times_table(analysis)
    drawn = RichTable(box=None, pad_edge=False, header_style="bold")
    for column in table.columns:
        drawn.add_column(_head(column), justify="right" if column.numeric else "left", no_wrap=True)
    for head in ("token calls", "errors", "audit"):
        drawn.add_column(head, justify="left" if head == "audit" else "right", no_wrap=True)
    for row, more in zip(_rows(table), _facts(analysis), strict=True):
        drawn.add_row(*(_draw(cell) for cell in row), *more)
    return drawn


def terminal_warnings(analysis: Analysis) -> list[tuple[bool, str]]:
    """Return the warnings, those that invalidate the run first: (invalidates, sentence)."""
    return [(warning.kind.invalidates, warning.sentence) for warning in analysis.warnings]


def _head(column: Column) -> str:
    return f"{column.head} {column.unit}".strip()


def _rows(table: Table) -> Iterator[tuple[Cell, ...]]:
    for group in table.groups:
        yield from group.rows


def _draw(cell: Cell) -> Text:
    return Text(cell.text, style=_STYLES.get(cell.tag, ""))


def _facts(analysis: Analysis) -> Iterator[tuple[Text, Text, Text]]:
    for variant in analysis.variants:
        tokens, errors = variant.tokens, variant.summary.errors
        calls = "–" if tokens is None else digits(tokens.grants + tokens.refreshes)
        audit = variant.audit
        verdict = Text("–")
        if audit is not None:
            verdict = Text("ok", style="green") if audit.ok else Text("violated", style="bold red")
        yield Text(calls), Text(count(errors), style="bold red" if errors else ""), verdict
