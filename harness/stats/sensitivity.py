"""Does a conclusion stand when an assumption moves, and where does it fall?

A conclusion is a quantity and a limit: it holds while the quantity lies on its side of the limit.
Over a range of an assumption it was worked out at some values. Between two of them the quantity is
taken for a straight line; so is the place where it crosses the limit, which is near and not exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Robustness", "examine_conclusion"]


@dataclass(frozen=True, slots=True)
class Robustness:
    """Tell how a conclusion fares over a range.

    Attributes:
        holds: whether it is true at every value.
        fails: whether it is false at every value.
        lowest, highest: of the quantity.
        flips_at: where it changes sides, ascending; empty where it never does.
    """

    holds: bool
    fails: bool
    lowest: float
    highest: float
    flips_at: tuple[float, ...]


def examine_conclusion(
    values: Sequence[float], quantities: Sequence[float], *, limit: float, at_most: bool
) -> Robustness:
    """Hold a quantity against a limit over a range.

    Args:
        values: of the assumption, ascending, at least one.
        quantities: one at each value.
        limit: on whose side the quantity has to lie; on it, the conclusion holds.
        at_most: whether it must not exceed the limit; otherwise it must not fall below.

    Raises:
        ValueError: there are no values, or not as many quantities.
    """
    if not values or len(values) != len(quantities):
        raise ValueError(f"{len(values)} values and {len(quantities)} quantities do not pair up")
    # What is left to the limit: below 0 the conclusion is false.
    margins = [limit - q if at_most else q - limit for q in quantities]
    holds = [margin >= 0 for margin in margins]
    points = list(zip(values, margins, strict=True))
    return Robustness(
        holds=all(holds),
        fails=not any(holds),
        lowest=min(quantities),
        highest=max(quantities),
        flips_at=tuple(
            _crossing(before, after)
            for before, after in pairwise(points)
            if (before[1] >= 0) != (after[1] >= 0)
        ),
    )


def _crossing(before: tuple[float, float], after: tuple[float, float]) -> float:
    (low, low_margin), (high, high_margin) = before, after
    return low + (high - low) * low_margin / (low_margin - high_margin)
