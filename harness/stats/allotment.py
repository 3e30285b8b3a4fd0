"""What every optimization saves of one figure, given that figure for every set of optimizations.

A saving is above 0 where the figure went down. It is said in three ways that agree only where
optimizations do not meddle with each other: alone (against nothing), left out (against everything),
and the share, which is the mean over all orders of switching them on and sums to the whole saving.
"""

from dataclasses import dataclass
from fractions import Fraction

from harness.stats.shapley import (
    Worth,
    interaction_indices,
    shapley_values,
    worth_alone,
    worth_left_out,
)

__all__ = ["Allotment", "allot"]


@dataclass(frozen=True, slots=True)
class Allotment:
    """Share out the saving of one figure, in its own unit; players are numbered from 0.

    Attributes:
        before: the figure with none of them.
        after: with all of them.
        shares: of each player; they sum to `saved`, exactly.
        alone: what each saves by itself.
        left_out: what is lost without it when all the others are there.
        interactions: (k, k), what each pair saves more (above 0) or less (below) together than
            apart, on average; 0 on the diagonal.
    """

    before: Fraction
    after: Fraction
    shares: tuple[Fraction, ...]
    alone: tuple[Fraction, ...]
    left_out: tuple[Fraction, ...]
    interactions: tuple[tuple[Fraction, ...], ...]

    @property
    def saved(self) -> Fraction:
        """Return what all save together."""
        return self.before - self.after


def allot(figure: Worth) -> Allotment:
    """Share out what a figure goes down by.

    Args:
        figure: by coalition of k players, 2^k of them, numbered as in `harness.stats.shapley`.

    Raises:
        ValueError: their number is no power of two, or one is not finite.
    """
    worth = [-value for value in figure]
    return Allotment(
        shares=shapley_values(worth),
        alone=worth_alone(worth),
        left_out=worth_left_out(worth),
        interactions=interaction_indices(worth),
        before=Fraction(figure[0]),
        after=Fraction(figure[-1]),
    )
