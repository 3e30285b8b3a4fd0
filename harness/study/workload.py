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


@dataclass(frozen=True, slots=True)
class Workload:
    """Hold a number of simulations and of the payments in all of them together."""

    simulations: int
    payments: int

    @classmethod
    def of(cls, payments: Iterable[int]) -> "Workload":
        """Return the workload of simulations with so many payments each."""
        each = tuple(payments)
        return cls(len(each), sum(each))

    @property
    def cpu_s(self) -> float:
        """Return how long it takes one core, seconds, by experience."""
        return self.simulations * CELL_S + self.payments * PAYMENT_S

    def __add__(self, other: "Workload") -> "Workload":
        """Return both."""
        return Workload(self.simulations + other.simulations, self.payments + other.payments)
