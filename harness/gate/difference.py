"""How far one estimate lies above another, from the intervals of the two.

Source: G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures: a general
approach", Statistics in Medicine 27 (2008), 1693-1702: with estimates a, b and their limits
(la, ua), (lb, ub), the limits of a - b are

    L = a - b - sqrt((a - la)² + (ub - b)²)        U = a - b + sqrt((ua - a)² + (b - lb)²)

Assumed: the two are independent. Runs of one seed share their modelled waits, which makes the true
interval narrower, so that what is found here is found on the safe side.
"""

from math import hypot
from statistics import NormalDist

from harness.stats import Interval

__all__ = ["difference_interval", "family_widening"]


def difference_interval(
    value: float,
    interval: Interval,
    *,
    baseline: float,
    baseline_interval: Interval,
    widening: float = 1.0,
) -> Interval:
    """Return the interval of `value` - `baseline`, in their unit.

    Args:
        value, baseline: the estimates.
        interval, baseline_interval: theirs, of one confidence.
        widening: factor by which both are widened first, see `family_widening`.
    """
    # An estimate may lie outside its own percentile interval; a distance is then none.
    down = hypot(max(0.0, value - interval.low), max(0.0, baseline_interval.high - baseline))
    up = hypot(max(0.0, interval.high - value), max(0.0, baseline - baseline_interval.low))
    difference = value - baseline
    return Interval(
        low=difference - widening * down,
        high=difference + widening * up,
        confidence=interval.confidence,
    )


def family_widening(comparisons: int, *, confidence: float) -> float:
    """Return how much wider each interval must be for all of them to hold at once.

    Bonferroni's inequality, with the normal distribution's quantiles: a gate makes hundreds of
    comparisons, and one in forty of them would cry at the usual width.

    Args:
        comparisons: how many there are, ≥ 1.
        confidence: of a single two-sided interval, in (0, 1).
    """
    tail = (1.0 - confidence) / 2.0
    normal = NormalDist()
    return normal.inv_cdf(1.0 - tail / comparisons) / normal.inv_cdf(1.0 - tail)
