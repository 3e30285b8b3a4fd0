"""A limit: what a figure may be, by itself or beside the baseline."""

from dataclasses import dataclass

from harness.gate.amount import DIGITS, Amount, Unit

__all__ = ["Ceiling", "Growth", "Limit"]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Hold what a figure may be by itself.

    Attributes:
        amount: where it ends.
        inclusive: whether the amount itself is still allowed.
    """

    amount: Amount
    inclusive: bool

    def __str__(self) -> str:
        return f"{'<=' if self.inclusive else '<'} {self.amount}"

    def allows(self, value: float) -> bool:
        """Tell whether a figure keeps to it; both are compared to the nanosecond."""
        value, bound = round(value, DIGITS), round(self.amount.value, DIGITS)
        return value <= bound if self.inclusive else value < bound


@dataclass(frozen=True, slots=True)
class Growth:
    """Hold how far a figure may lie above the baseline's.

    Attributes:
        amounts: one, or two of which the larger counts.
    """

    amounts: tuple[Amount, ...]

    def __str__(self) -> str:
        return " or ".join(f"+{amount}" for amount in self.amounts)

    def room(self, baseline: float) -> float:
        """Return by how much a figure may exceed `baseline`, in its unit."""
        return max(
            amount.value * (baseline if amount.unit is Unit.PERCENT else 1.0)
            for amount in self.amounts
        )


@dataclass(frozen=True, slots=True)
class Limit:
    """Hold one limit.

    Attributes:
        metric: what it is about: a `TimeMetric`, a `CountMetric`, `EACH_STAGE`, or a stage.
        statistic: of a time; None for a count.
        condition: what is allowed.
        variants: that it is for; empty for every variant of the run.
        origin: where it was written, for messages.
        ready: name of the ready limit that it is part of; "" for one that somebody wrote out.
        why: the reason that its author gave, for messages; "" if none.
    """

    metric: str
    statistic: str | None
    condition: Ceiling | Growth
    variants: tuple[str, ...] = ()
    origin: str = ""
    ready: str = ""
    why: str = ""

    def __str__(self) -> str:
        """Return the limit in its own grammar, in one spelling."""
        statistic = "" if self.statistic is None else f"{self.statistic} "
        return f"{self._selector}{statistic}{self.metric} {self.condition}"

    @property
    def is_relative(self) -> bool:
        """Whether it needs a baseline."""
        return isinstance(self.condition, Growth)

    @property
    def place(self) -> str:
        """The limit with its origin, as messages begin."""
        written = f"{self._selector}{self.ready}" if self.ready else str(self)
        return f"{self.origin} {written!r}" if self.origin else repr(written)

    @property
    def _selector(self) -> str:
        return f"{', '.join(self.variants)}: " if self.variants else ""
