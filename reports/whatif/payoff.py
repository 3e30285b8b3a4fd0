"""What turning a knob pays: seconds off p50 and p95, and at what price.

Of a stage, the payoff is what half its time brings. Of a setting, the best value is looked for: one
with fewer seconds, not more failures, and no more token calls than bKash allows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.rundata.whatif import Figures, KnobKind, PointRecord, SweepRecord, WhatIfRecord

__all__ = ["LEAST_S", "Payoff", "best_payoff", "hero_of", "payoff_of", "ranked_payoffs"]

LEAST_S = 0.0005
"""Gains below half a millisecond are none."""

_HALF = 0.5
_HERO = "optimized"


@dataclass(frozen=True, slots=True)
class Payoff:
    """Hold what one knob pays one variant.

    Attributes:
        sweep: the knob.
        variant: whose.
        value: that it was turned to.
        p50_s, p95_s, mean_s: seconds saved, above 0 where a payment takes less.
        base: figures with nothing changed.
        figures: figures at the value.
    """

    sweep: SweepRecord
    variant: str
    value: float
    p50_s: float
    p95_s: float
    mean_s: float
    base: Figures
    figures: Figures

    @property
    def p50_share(self) -> float:
        """Return the share of the median that is saved."""
        return self.p50_s / self.base.p50_s if self.base.p50_s else 0.0

    @property
    def pays(self) -> bool:
        """Whether anything is saved at all."""
        return max(self.p50_s, self.p95_s) >= LEAST_S


def hero_of(record: WhatIfRecord) -> str:
    """Return the variant to speak of: the guide's "after", else the last."""
    names = [variant.name for variant in record.variants]
    return _HERO if _HERO in names else names[-1]


def payoff_of(record: WhatIfRecord, sweep: SweepRecord, variant: str) -> Payoff | None:
    """Return what a knob pays a variant; None where no payment succeeded to tell by."""
    base = record.base[variant]
    if base.p50_s is None or base.p95_s is None:
        return None
    candidates = [
        payoff
        for point in _candidates(record, sweep, variant)
        if (payoff := _payoff(record, sweep, point, variant)) is not None
    ]
    # The earliest of equals is the smallest change for a setting's lower values.
    return max(
        candidates, key=lambda p: (p.p50_s + p.p95_s, -abs(p.value - sweep.base)), default=None
    )


def ranked_payoffs(
    record: WhatIfRecord, variant: str, *, kinds: Iterable[KnobKind]
) -> list[Payoff]:
    """Return what the knobs of some kinds pay a variant, the most first."""
    wanted = set(kinds)
    payoffs = [
        payoff
        for sweep in record.sweeps
        if sweep.kind in wanted
        if (payoff := payoff_of(record, sweep, variant)) is not None
    ]
    return sorted(payoffs, key=lambda p: -(p.p50_s + p.p95_s))


def best_payoff(record: WhatIfRecord, variant: str) -> Payoff | None:
    """Return what pays a variant most, a stage or a setting; None where nothing pays."""
    ranked = ranked_payoffs(record, variant, kinds=(KnobKind.STAGE, KnobKind.SETTING))
    return ranked[0] if ranked and ranked[0].pays else None


def _candidates(record: WhatIfRecord, sweep: SweepRecord, variant: str) -> list[PointRecord]:
    if sweep.kind is not KnobKind.SETTING:
        faster = [point for point in sweep.points if point.value < sweep.base]
        return [min(faster, key=lambda point: abs(point.value - _HALF))] if faster else []
    base = record.base[variant]
    allowed = max(base.worst_hour, record.limit_per_hour)
    return [
        point
        for point in sweep.points
        if point.figures[variant].failed <= base.failed
        and point.figures[variant].worst_hour <= allowed
    ]


def _payoff(
    record: WhatIfRecord, sweep: SweepRecord, point: PointRecord, variant: str
) -> Payoff | None:
    base, figures = record.base[variant], point.figures[variant]
    times = (base.p50_s, base.p95_s, base.mean_s, figures.p50_s, figures.p95_s, figures.mean_s)
    if any(time_s is None for time_s in times):
        return None
    before_p50, before_p95, before_mean, p50, p95, mean = (float(t or 0.0) for t in times)
    return Payoff(
        sweep=sweep,
        variant=variant,
        value=point.value,
        p50_s=before_p50 - p50,
        p95_s=before_p95 - p95,
        mean_s=before_mean - mean,
        base=base,
        figures=figures,
    )
