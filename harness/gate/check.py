"""One check: a figure of one variant held against one limit."""

from dataclasses import dataclass
from enum import StrEnum

from harness.gate.amount import decimals_for, format_count, format_seconds
from harness.gate.limit import Limit
from harness.gate.metric import COUNTS

__all__ = ["Check", "Outcome"]


class Outcome(StrEnum):
    """Name how a check ended."""

    PASSED = "passed"
    EXCEEDED = "limit exceeded"
    REGRESSED = "regression"
    SKIPPED = "not judged"

    @property
    def failed(self) -> bool:
        """Whether the gate stays shut."""
        return self in {Outcome.EXCEEDED, Outcome.REGRESSED}


@dataclass(frozen=True, slots=True)
class Check:
    """Hold a figure, what it was allowed to be, and the outcome.

    Attributes:
        limit: that was applied.
        variant: whose figure it is.
        metric: the limit's, or the stage where that says every stage.
        outcome: how it ended.
        value: the figure, seconds or a count; None where it does not exist.
        baseline: the baseline's figure; None for a limit without one, or where it has none.
        allowed: what the figure could have been at most; None where nothing could be said.
        remark: what else there is to say, or why it was not judged; "" if nothing.
    """

    limit: Limit
    variant: str
    metric: str
    outcome: Outcome
    value: float | None = None
    baseline: float | None = None
    allowed: float | None = None
    remark: str = ""

    @property
    def figure(self) -> str:
        """What was judged, without the variant: "p95 create_payment"."""
        return " ".join(filter(None, (self.limit.statistic, self.metric)))

    @property
    def name(self) -> str:
        """The check among those of its variant: "p95 create_payment +2%"."""
        return f"{self.figure} {self.limit.condition}"

    @property
    def growth(self) -> float | None:
        """How far the figure lies above the baseline's; None without one."""
        if self.value is None or self.baseline is None:
            return None
        return self.value - self.baseline

    def show(self, figure: float | None) -> str:
        """Return a figure of this check for people, "–" where it does not exist."""
        if figure is None:
            return "–"
        if self.metric in COUNTS:
            return format_count(figure)
        # All that are shown together, so that none of them looks like one that it exceeds.
        beside = [one for one in (self.value, self.baseline, self.allowed) if one is not None]
        return format_seconds(figure, decimals=decimals_for(figure, beside_s=beside))

    @property
    def sentence(self) -> str:
        """Say the outcome with variant, stage and both numbers."""
        told = f"{self.variant}: {self.figure} {self._told()}"
        for addition in (self.remark, self.limit.why):
            told += f" ({addition})" if addition else ""
        return told

    def _told(self) -> str:
        if self.outcome is Outcome.SKIPPED:
            return "was not judged"
        is_now = f"is {self.show(self.value)}"
        if not self.limit.is_relative:
            return f"{is_now}; the limit is {self.limit.condition}"
        if self.baseline is None:
            return f"{is_now}; the baseline has none"
        assert self.growth is not None, "a figure that was judged exists"
        word = "above" if self.growth >= 0 else "below"
        return (
            f"{is_now}, {self.show(abs(self.growth))} {word} the baseline's"
            f" {self.show(self.baseline)}; allowed is {self.limit.condition}"
        )
