"""One claim of the guide beside what this run has to say to it, and on what that rests."""

from dataclasses import dataclass
from enum import StrEnum

from harness.stats import Statistic
from reports.analysis import Analysis
from reports.table import Cell, text
from reports.units import NONE, milliseconds, plain, seconds, seconds_range_plain
from reports.variant_analysis import VariantAnalysis

__all__ = [
    "Basis",
    "Claim",
    "assumed_wait_s",
    "assumptions",
    "duration_like",
    "join_words",
    "payment_time_claim",
    "unmeasured",
]


class Basis(StrEnum):
    """Say what a figure of ours rests on."""

    ASSUMED = "assumed"
    DERIVED = "measured on assumed waits"
    MEASURED = "measured"
    ARITHMETIC = "arithmetic"
    NONE = "not measured"


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold one row.

    Attributes:
        name: what is claimed.
        guide: what the guide says.
        here: what we have beside it.
        basis: what that rests on.
        how: where it comes from, in words.
    """

    name: str
    guide: str
    here: Cell
    basis: Basis
    how: str

    def row(self) -> tuple[Cell, ...]:
        """Return the claim as a row of a table."""
        tag = self.basis.name.lower()
        basis = Cell(text=self.basis.value, tag=tag)
        return (text(self.name), text(self.guide), self.here, basis, text(self.how))


def unmeasured(name: str, guide: str, how: str) -> Claim:
    """Return a claim that this run says nothing about, and why."""
    return Claim(name, guide, Cell(NONE), Basis.NONE, how)


def assumed_wait_s(analysis: Analysis, operation: str) -> float | None:
    """Return the typical wait that the profile puts in for an operation; None where it has none."""
    operations = analysis.manifest.configuration.profile_data.get("operations", {})
    wait = operations.get(operation) if isinstance(operations, dict) else None
    if not isinstance(wait, dict):
        return None
    for name in ("median_s", "value_s"):
        value = wait.get(name)
        if isinstance(value, int | float):
            return float(value)
    low_s, high_s = wait.get("low_s"), wait.get("high_s")
    if isinstance(low_s, int | float) and isinstance(high_s, int | float):
        return (low_s + high_s) / 2
    return None


def duration_like(claimed: str, value_s: float) -> str:
    """Return a duration in the unit that the claim uses."""
    return f"{milliseconds(value_s)} ms" if claimed.endswith("ms") else seconds(value_s)


def assumptions(analysis: Analysis, operations: tuple[str, ...]) -> str:
    """Return what the profile puts in for operations, as a sentence; "" where it has none."""
    waits = ((name, assumed_wait_s(analysis, name)) for name in operations)
    said = tuple(f"{name} {plain(wait_s)} s" for name, wait_s in waits if wait_s is not None)
    return f"Assumed: {join_words(said)}." if said else ""


def payment_time_claim(name: str, guide: str, variant: VariantAnalysis | None) -> Claim:
    """Put a variant's median payment time beside a claim."""
    p50_s = None if variant is None else variant.summary.payment_time_s.p50
    if variant is None or p50_s is None:
        return unmeasured(name, guide, "No such variant in this run.")
    interval = variant.intervals[Statistic.P50]
    sub = "" if interval is None else f"{seconds_range_plain(interval)} s"
    here = text(seconds(p50_s), sub=sub)
    return Claim(name, guide, here, Basis.DERIVED, f"{variant.name}: p50 of the payment time.")


def join_words(words: tuple[str, ...]) -> str:
    """Return words as a list in a sentence: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
