"""What a study is, for whoever carries one out."""

from typing import Protocol, TypeVar

from harness.study.fieldwork import Fieldwork
from harness.study.workload import Workload

__all__ = ["Study"]

R_co = TypeVar("R_co", covariant=True)


class Study(Protocol[R_co]):
    """A question that is answered by a grid of simulations."""

    @property
    def work(self) -> Workload:
        """Return how much there is to simulate, at most: said before it begins."""

    def carry_out(self, fieldwork: Fieldwork) -> R_co:
        """Simulate all cells and return the record of what they say.

        Raises:
            HarnessError: a cell cannot be simulated, or its process died.
        """
