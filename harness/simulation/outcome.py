"""What comes out of simulating one variant."""

from dataclasses import dataclass, field, replace
from typing import Any

from harness.rundata import Costs
from harness.simulation.tally import Tally

__all__ = ["SimulationOutcome"]


@dataclass(frozen=True, slots=True)
class SimulationOutcome:
    """Hold the result of one variant under one scenario.

    Attributes:
        variant: its name.
        payments: shoppers who arrived, warm-up included.
        failed: journeys that ended with a request that failed.
        samples: rows recorded.
        digest: SHA-256 of all samples, hexadecimal; equal wherever and however often it is run.
        costs: what the variant used.
        verdict: of the ledger audit, as the gateway gave it.
        horizon_s: length of the measured arrivals, virtual.
        virtual_s: virtual time at which the books were closed.
        wall_s: how long it took.
        token_calls_s: when token calls reached bKash, virtual seconds, ascending, by operation.
        notes: sentences that a reader of the numbers has to know.
        tally: times and stages per payment; None where nobody asked for them.
    """

    variant: str
    payments: int
    failed: int
    samples: int
    digest: str
    costs: Costs
    verdict: dict[str, Any]
    horizon_s: float
    virtual_s: float
    wall_s: float
    token_calls_s: dict[str, tuple[float, ...]]
    notes: tuple[str, ...] = field(default=())
    tally: Tally | None = None

    @property
    def ok(self) -> bool:
        """Return whether the audit found nothing."""
        return bool(self.verdict.get("ok", False))

    @property
    def payments_per_s(self) -> float:
        """Return how many payments were simulated per second of wall time."""
        return self.payments / self.wall_s

    @property
    def speed_up(self) -> float:
        """Return how many virtual seconds passed per second of wall time."""
        return self.virtual_s / self.wall_s

    def with_tally(self, tally: Tally) -> "SimulationOutcome":
        """Return the same with times and stages per payment."""
        return replace(self, tally=tally)
