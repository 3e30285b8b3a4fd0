"""One payment, 32 executes at the same time: how often other than exactly one succeeds."""

from collections import Counter
from dataclasses import dataclass

from job import Race
from server import call

__all__ = ["CONTENDERS", "RaceFigure", "measure_race"]

CONTENDERS = 32


@dataclass(frozen=True)
class RaceFigure:
    """Hold the rounds of a race by how many succeeded.

    Attributes:
        rounds: how many rounds had so many successes.
    """

    rounds: Counter[int]

    @property
    def total(self) -> int:
        return self.rounds.total()

    @property
    def unfair(self) -> int:
        """Return how many rounds had another number of successes than one."""
        return self.total - self.rounds[1]


def measure_race(race: Race) -> RaceFigure:
    """Run a race."""
    return RaceFigure(Counter(call(race).successes))
