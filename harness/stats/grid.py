"""The same shoppers under every set of optimizations: their times as a table, and its figures.

Rows are coalitions, numbered as in `harness.stats.shapley`; columns are arrivals. Two populations
are looked at. *All* shoppers, by the time until they had an answer, whatever it was: nobody drops
out, so no set of optimizations looks fast by losing who is slow. And those who *paid* under every
set, by their payment time: the same people everywhere, none of them failed anywhere.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from harness.stats.exact_quantile import TIME_STATISTICS, exact_statistics
from harness.stats.quantile import P99_MIN_N

__all__ = ["Grid"]

_NS_PER_S = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold what every coalition did to every shopper.

    Attributes:
        times_ns: (coalitions, n) time until the shopper had an answer.
        paid: (coalitions, n) whether that answer was that the payment is made.
        stage_ns: by stage, (coalitions,) its critical ns summed over all shoppers; with what no
            stage explains they sum to the row of `times_ns`.

    Raises:
        ValueError: the tables are not of one shape.
    """

    times_ns: NDArray[np.int64]
    paid: NDArray[np.bool_]
    stage_ns: dict[str, NDArray[np.int64]]

    def __post_init__(self) -> None:
        """Refuse rows that are not the same shoppers."""
        coalitions = {len(sums) for sums in self.stage_ns.values()} | {len(self.times_ns)}
        if self.times_ns.shape != self.paid.shape or len(coalitions) != 1:
            raise ValueError(
                f"times {self.times_ns.shape}, paid {self.paid.shape} and stages of"
                f" {sorted(coalitions)} coalitions do not belong together"
            )

    @property
    def paid_everywhere(self) -> NDArray[np.bool_]:
        """Return which shoppers paid under every coalition, (n,)."""
        return np.asarray(self.paid.all(axis=0))

    def times_s(self, shoppers: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """Return the times of some shoppers, or of all, in seconds."""
        return np.asarray(self._of(shoppers) / _NS_PER_S)

    def figures_s(
        self, shoppers: NDArray[np.bool_] | None = None
    ) -> dict[str, tuple[Fraction, ...]]:
        """Return each statistic of the times of some shoppers, or of all, by coalition, seconds.

        p99 is left out below `P99_MIN_N` shoppers; everything without any.
        """
        times_ns = self._of(shoppers)
        n = times_ns.shape[1]
        if n == 0:
            return {}
        rows = [exact_statistics(row) for row in times_ns]
        names = [name for name in TIME_STATISTICS if name != "p99" or n >= P99_MIN_N]
        return {name: tuple(row[name] / _NS_PER_S for row in rows) for name in names}

    def mean_stage_s(self) -> dict[str, tuple[Fraction, ...]]:
        """Return the mean critical seconds of each stage over all shoppers, by coalition."""
        per_s = self.times_ns.shape[1] * _NS_PER_S
        return {
            name: tuple(Fraction(int(total_ns), per_s) for total_ns in sums)
            for name, sums in self.stage_ns.items()
        }

    def _of(self, shoppers: NDArray[np.bool_] | None) -> NDArray[np.int64]:
        return self.times_ns if shoppers is None else self.times_ns[:, shoppers]
