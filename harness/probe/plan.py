"""What a probe was asked for: how many payments, how patient, how long tokens live."""

from dataclasses import dataclass

from harness.load import Target

__all__ = ["ProbePlan"]

PAYMENTS = 20
ROUTINE_BUDGET_S = 59.0
"""Most that the routine payments may take unless their number was asked for: the rest of a probe
needs half a minute, and a developer waits a minute and a half."""

PATIENCE_S = 20.0
"""How long a hung gateway is watched: longer than the guide's 10 and 15 s, shorter than the 29 s
after which bKash's own gateway gives up."""

ANSWER_LIMIT_S = 60.0
"""Longest wait for any other answer of the shop."""

LATE_SHARE = 0.935
"""Share of a token's life from which on it is in its last moments: past 55 of 60 minutes."""

SHORT_LIFE_S = 12.0
"""Life of a token while its end is watched; longer where the shop is slow to call bKash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbePlan:
    """Hold what a probe does. All times are wall seconds.

    Attributes:
        target: how the shop is spoken to.
        url: its base URL.
        payments: routine payments; None: as many of `PAYMENTS` as fit into their time.
        seed: which shoppers come, and every latency draw.
        patience_s: how long a hung gateway is watched.
        short_life_s: shortest life of the tokens whose end is watched.
        round_trip_s: to the gateway, as the latency profile models it.
        allowed_hosts: that may be spoken to besides this machine.
    """

    target: Target
    url: str
    payments: int | None = None
    seed: int = 1
    patience_s: float = PATIENCE_S
    short_life_s: float = SHORT_LIFE_S
    round_trip_s: float = 0.0
    allowed_hosts: frozenset[str] = frozenset()

    def routine_payments(self, *, done: int, spent_s: float) -> int:
        """Return how many routine payments there are to be, after `done` that took `spent_s`."""
        if self.payments is not None:
            return self.payments
        if not done or spent_s <= 0:
            return PAYMENTS
        affordable = int(ROUTINE_BUDGET_S / (spent_s / done))
        return max(min(PAYMENTS, affordable), LEAST_PAYMENTS)


LEAST_PAYMENTS = 6
"""Fewer show nothing about what happens every time."""
