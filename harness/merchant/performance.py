"""What the merchant knows of its own speed, in bounded memory.

Each stage keeps its last durations; a quantile is exact over them. The numbers are for an operator
who looks now. What a benchmark reports is measured outside, per payment.
"""

from array import array
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from harness.clock import NS_PER_MS
from harness.merchant.optimization import Optimization
from harness.merchant.variant import Variant
from harness.stages import MAX_STAGES, Stage, TimedStage

__all__ = ["WINDOW", "FunnelStep", "Performance"]

WINDOW = 1_024
"""Durations kept per stage: enough for a p99 of about ten samples, 8 KiB."""

_QUANTILES = {"p50_ms": 0.50, "p90_ms": 0.90, "p95_ms": 0.95, "p99_ms": 0.99}

_VALIDATION_ADVICE = (Optimization.BATCHED_QUERIES, Optimization.PARALLEL_VALIDATION)
_TOKEN_ADVICE = (
    Optimization.TOKEN_CACHE,
    Optimization.EARLY_REFRESH,
    Optimization.BACKGROUND_REFRESH,
    Optimization.PREFETCH,
)

_ADVICE: dict[Stage, tuple[Optimization, ...]] = {
    Stage.VALIDATE_USER: _VALIDATION_ADVICE,
    Stage.VALIDATE_COURSE: _VALIDATION_ADVICE,
    Stage.CHECK_ENROLLED: _VALIDATION_ADVICE,
    Stage.TOKEN_LOOKUP: (Optimization.TOKEN_CACHE,),
    Stage.TOKEN_GRANT: _TOKEN_ADVICE,
    Stage.TOKEN_REFRESH: _TOKEN_ADVICE,
    Stage.CREATE_PAYMENT: (Optimization.POOLED_CONNECTIONS, Optimization.OVERLAPPED_CREATE),
    Stage.EXECUTE_PAYMENT: (Optimization.POOLED_CONNECTIONS,),
    Stage.ATTACH_PAYMENT: (Optimization.LATE_ATTACH,),
}
"""What shortens a stage or hides it; a stage without a row is the floor of a payment."""


class FunnelStep(StrEnum):
    """Name how far shoppers come."""

    LANDED = "landed"
    CLICKED = "clicked"
    REDIRECTED = "redirected"
    RETURNED = "returned"
    PAID = "paid"


class _Window:
    """Keep the last durations of one thing, and how many there ever were."""

    __slots__ = ("count", "durations_ns")

    def __init__(self) -> None:
        self.count = 0
        self.durations_ns = array("q")

    def add(self, duration_ns: int) -> None:
        if len(self.durations_ns) < WINDOW:
            self.durations_ns.append(duration_ns)
        else:
            self.durations_ns[self.count % WINDOW] = duration_ns
        self.count += 1

    def mean_ns(self) -> float:
        return sum(self.durations_ns) / len(self.durations_ns)

    def to_dict(self) -> dict[str, Any]:
        ordered = sorted(self.durations_ns)
        figures: dict[str, Any] = {"n": self.count}
        for name, quantile in _QUANTILES.items():
            figures[name] = _as_ms(_nearest_rank(ordered, quantile))
        figures["max_ms"] = _as_ms(ordered[-1])
        return figures


class Performance:
    """Collect stages, responses and the funnel; all memory is bounded."""

    def __init__(self, variant: Variant) -> None:
        """Begin with nothing; advice names only what the variant does not have yet."""
        self._variant = variant
        self._stages: dict[str, _Window] = {}
        self._responses: dict[str, _Window] = {}
        self._funnel: Counter[FunnelStep] = Counter()

    def count(self, step: FunnelStep) -> None:
        """Count a shopper who came this far."""
        self._funnel[step] += 1

    def record(self, endpoint: str, *, duration_ns: int, stages: Iterable[TimedStage]) -> None:
        """Take in an answered request of an endpoint, and its stages."""
        _window(self._responses, endpoint).add(duration_ns)
        self.record_stages(stages)

    def record_stages(self, stages: Iterable[TimedStage]) -> None:
        """Take in stages of work that no answer waited for."""
        for timed in stages:
            _window(self._stages, timed.name).add(timed.duration_ns)

    def to_dict(self) -> dict[str, Any]:
        """Return quantiles per stage and per endpoint, the bottleneck, and the funnel."""
        return {
            "window": WINDOW,
            "stages": {name: window.to_dict() for name, window in self._stages.items()},
            "responses": {name: window.to_dict() for name, window in self._responses.items()},
            "bottleneck": self._bottleneck(),
            "funnel": {step.value: self._funnel[step] for step in FunnelStep},
        }

    def _bottleneck(self) -> dict[str, Any] | None:
        """Name the stage in which most stage time is spent now."""
        known = {
            name: self._stages[name].count * self._stages[name].mean_ns()
            for name in Stage
            if name in self._stages
        }
        total_ns = sum(known.values())
        if total_ns == 0:
            return None
        name = max(known, key=lambda name: known[name])
        return {
            "stage": name.value,
            "share": round(known[name] / total_ns, 3),
            "try": [flag for flag in _ADVICE.get(name, ()) if not self._variant.has(flag)],
        }


def _window(windows: dict[str, _Window], name: str) -> _Window:
    window = windows.get(name)
    if window is None:
        # Names come from our own code; the limit keeps a mistake from growing without end.
        if len(windows) >= MAX_STAGES:
            return _Window()
        window = windows[name] = _Window()
    return window


def _nearest_rank(ordered: list[int], quantile: float) -> int:
    """Return the quantile by nearest rank: Hyndman & Fan (1996), type 1."""
    rank = max(1, -(-len(ordered) * round(quantile * 100) // 100))
    return ordered[rank - 1]


def _as_ms(duration_ns: int) -> float:
    return round(duration_ns / NS_PER_MS, 3)
