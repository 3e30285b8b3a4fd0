"""The word for a change: improved, regressed, same or inconclusive.

A change is judged by its whole interval against a margin below which nobody would care, so that a
tiny but certain change is not cried out, and a large but uncertain one is not claimed. Source: the
region of practical equivalence, J. K. Kruschke, "Rejecting or Accepting Parameter Values in
Bayesian Estimation", Advances in Methods and Practices in Psychological Science 1 (2018), 270-280,
used here with a bootstrap interval.
"""

from enum import StrEnum

from harness.stats.bootstrap import Interval

__all__ = ["EFFECT_STEPS", "MARGIN", "Verdict", "effect_level", "judge"]

MARGIN = 0.01
"""Relative change that counts as none: two processes of one variant differ by less, but not by much
less, on a shared machine."""

EFFECT_STEPS = (0.01, 0.05, 0.20, 0.50)
"""Relative changes from which a cell is shaded one level darker."""


class Verdict(StrEnum):
    """Name how a candidate stands to its baseline; lower times are better."""

    IMPROVED = "improved"
    REGRESSED = "regressed"
    SAME = "same"
    INCONCLUSIVE = "inconclusive"


def judge(relative_change: Interval | None, *, margin: float = MARGIN) -> Verdict:
    """Return the verdict on a relative change of a time, given by its interval.

    Improved or regressed: the whole interval lies beyond the margin. Same: it lies within. Anything
    else, and a change without an interval, is inconclusive.
    """
    if relative_change is None:
        return Verdict.INCONCLUSIVE
    if relative_change.high < -margin:
        return Verdict.IMPROVED
    if relative_change.low > margin:
        return Verdict.REGRESSED
    if -margin <= relative_change.low and relative_change.high <= margin:
        return Verdict.SAME
    return Verdict.INCONCLUSIVE


def effect_level(relative_change: float | None) -> int:
    """Return how strongly a change is to be shaded, from 0 (none) to 4, by size and not by sign."""
    if relative_change is None:
        return 0
    return sum(abs(relative_change) >= step for step in EFFECT_STEPS)
