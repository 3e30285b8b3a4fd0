"""How long the client waits: for one call, and for all calls of one checkout."""

import asyncio
from dataclasses import dataclass

__all__ = ["DOCUMENTED_TIMEOUTS", "TIGHT_TIMEOUTS", "Deadline", "Timeouts"]


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Bound every call; the whole of it, from asking for a connection to the last byte.

    Attributes:
        payment_s: modelled seconds for create, execute, query and search.
        token_s: modelled seconds for grant and refresh.
        checkout_s: modelled seconds for all calls of one request of a shopper together; None: each
            call has its own bound only.
    """

    payment_s: float = 30.0
    token_s: float = 30.0
    checkout_s: float | None = None

    def __post_init__(self) -> None:
        """Refuse bounds that bound nothing."""
        for bound_s in (self.payment_s, self.token_s, self.checkout_s):
            if bound_s is not None and not 0 < bound_s < float("inf"):
                raise ValueError(f"{self}: a timeout must be a positive number of seconds")


DOCUMENTED_TIMEOUTS = Timeouts()
"""What bKash's documents ask merchants to wait: 30 s for every call."""

TIGHT_TIMEOUTS = Timeouts(payment_s=10.0, token_s=15.0, checkout_s=30.0)
"""The guide's: 10 s for payments, 15 s for tokens. The deadline holds a token call, a payment call
and five seconds for a retry or a query."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Mark the moment by which a checkout must have its answer; each attempt gets the rest.

    Attributes:
        at_s: the running loop's time, wall seconds.
    """

    at_s: float

    @classmethod
    def after(cls, duration_s: float, *, time_scale: float = 1.0) -> "Deadline":
        """Return the deadline `duration_s` modelled seconds from now."""
        return cls(at_s=asyncio.get_running_loop().time() + duration_s * time_scale)

    def remaining_s(self) -> float:
        """Return the wall seconds that are left; not positive once the deadline has passed."""
        return self.at_s - asyncio.get_running_loop().time()
