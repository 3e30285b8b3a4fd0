"""How much there is to simulate, and how long that will take."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["Workload"]

CELL_S: Final = 0.08
"""Processor seconds of a simulation without payments: a database, a shop, a mock, a collection of
what the one before left over. Measured on a core of 2.x GHz, as the next."""

PAYMENT_S: Final = 0.0022
"""Processor seconds of a payment, with every stage recorded."""

PROCESS_S: Final = 0.003
"""Processor seconds of a process of the shop that is started while others run."""


@dataclass(frozen=True, slots=True)
class Workload:
    """Hold a number of simulations, and what all of them together have in them.

    Attributes:
        simulations: how many.
        payments: of shoppers.
        processes: of the shop that are started beside the first.
    """

    simulations: int
    payments: int
    processes: int = 0

    @classmethod
    def of(cls, parts: Iterable["Workload"]) -> "Workload":
        """Return all of them together."""
        return sum(parts, cls(0, 0))

    @property
    def cpu_s(self) -> float:
        """Return how long it takes one core, seconds, by experience."""
        return self.simulations * CELL_S + self.payments * PAYMENT_S + self.processes * PROCESS_S

    def __add__(self, other: "Workload") -> "Workload":
        """Return both."""
        return Workload(
            self.simulations + other.simulations,
            self.payments + other.payments,
            self.processes + other.processes,
        )
