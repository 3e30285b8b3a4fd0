"""What a payment costs: calls, connections, queries, memory; and what bKash would say to it."""

from harness.stats import CALLS_PER_HOUR_LIMIT, TokenCalls, calls_per_payment
from reports.analysis import Analysis
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import count, digits, megabytes, milliseconds, plain
from reports.variant_analysis import VariantAnalysis

__all__ = ["cost_sentences", "cost_table"]

_UNCOUNTED = "nobody could count this: a backend of your own, or a run that ended early"


def cost_table(analysis: Analysis) -> Table | None:
    """Return a row per variant; None where nothing was counted."""
    if not any(variant.costs for variant in analysis.variants):
        return None
    return Table(
        caption="Cost by variant",
        columns=(
            Column("variant", numeric=False),
            Column("payment calls", "a payment"),
            Column("token calls", "in the run"),
            Column("token calls", "a lifetime"),
            Column("token calls", "a real hour"),
            Column("connections", "a payment"),
            Column("queries", "a payment"),
            Column("processor", "ms a payment"),
            Column("memory", "MB"),
        ),
        groups=(Group("", tuple(_row(variant) for variant in analysis.variants)),),
        notes=(
            "Counted by the mock gateway and the merchant, warm-up included. Payment calls: create,"
            " execute, query; token calls: grant, refresh. A real hour: carried over to bKash’s"
            f" token life of 3,600 s; bKash allows {CALLS_PER_HOUR_LIMIT} and blocks a merchant for"
            " an hour beyond. Marked above 2.5: the grant that every run begins with is in it.",
        ),
    )


def cost_sentences(analysis: Analysis) -> list[str]:
    """Return what bKash's limit means for each variant that breaks it."""
    sentences = []
    for variant in analysis.variants:
        tokens = variant.tokens
        if tokens is None or not tokens.over_limit:
            continue
        sentences.append(
            f"bKash would block {variant.name} after its second grant in an hour: {_why(tokens)}."
            " Its times above are those of a merchant that nobody stops."
        )
    return sentences


def _why(tokens: TokenCalls) -> str:
    if tokens.blocked_after_s is not None:
        return (
            f"it asks for {plain(tokens.per_payment)} tokens a payment, so at this rate the call"
            f" too many comes after {plain(tokens.blocked_after_s)} s"
        )
    return (
        f"it asks for {plain(tokens.per_lifetime)} tokens a lifetime, because every payment that"
        " comes while a token is missing asks for its own"
    )


def _row(variant: VariantAnalysis) -> tuple[Cell, ...]:
    costs, tokens = variant.costs, variant.tokens
    if costs is None or tokens is None:
        return (text(variant.name), *(missing(_UNCOUNTED) for _ in range(8)))
    started = costs.payments_started

    def each(total: float | None) -> Cell:
        return _figure(None if total is None or not started else total / started)

    hour = _figure(tokens.per_hour)
    if tokens.over_limit:
        hour = Cell(text=hour.text, sub="over the limit", tag="over", reason=hour.reason)
    cpu_s = costs.cpu_s
    return (
        text(variant.name),
        _figure(calls_per_payment(costs)),
        text(count(tokens.grants + tokens.refreshes), sub=_split(tokens.grants, tokens.refreshes)),
        _figure(tokens.per_lifetime),
        hour,
        each(costs.new_connections),
        each(costs.queries),
        text(milliseconds(cpu_s / started)) if cpu_s is not None and started else _figure(None),
        text(megabytes(costs.memory_bytes)) if costs.memory_bytes is not None else _figure(None),
    )


def _split(grants: int, refreshes: int) -> str:
    return f"{grants} + {refreshes} refreshed" if refreshes else ""


def _figure(value: float | None) -> Cell:
    return missing(_UNCOUNTED) if value is None else text(digits(value))
