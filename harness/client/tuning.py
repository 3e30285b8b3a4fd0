"""The numbers behind the optimizations: what the guide chose, and what a what-if asks to change.

A number changes nothing where its optimization is off.
"""

import math
from dataclasses import dataclass

from harness.client.timeouts import TIGHT_TIMEOUTS, Timeouts
from harness.client.tokens import BACKGROUND_RENEW_AT, EARLY_RENEW_AT

__all__ = ["AS_IN_THE_GUIDE", "Tuning"]

_ROOM_S = 5.0
"""What the deadline of a checkout leaves for a retry or a query beside one token call and one
payment call, modelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """Set the numbers that optimizations work with.

    Attributes:
        payment_timeout_s: of `timeouts`: longest wait for create, execute or query, modelled.
        early_renew_at: of `early_refresh`: share of a token's life in (0, 1] after which it is
            stale.
        background_renew_at: of `background_refresh` and the cron endpoint: share of a token's life
            in (0, 1] at which it is renewed.

    Raises:
        ValueError: a value outside its range; the message begins with the attribute's name.
    """

    payment_timeout_s: float = TIGHT_TIMEOUTS.payment_s
    early_renew_at: float = EARLY_RENEW_AT
    background_renew_at: float = BACKGROUND_RENEW_AT

    def __post_init__(self) -> None:
        """Refuse what bounds nothing."""
        if not 0 < self.payment_timeout_s < math.inf:
            raise ValueError(
                f"payment_timeout_s: must be a finite number above 0, got"
                f" {self.payment_timeout_s:g}"
            )
        for name in ("early_renew_at", "background_renew_at"):
            share: float = getattr(self, name)
            if not 0 < share <= 1:
                raise ValueError(f"{name}: must be above 0 and at most 1, got {share:g}")

    @property
    def timeouts(self) -> Timeouts:
        """Return the bounds that `timeouts` sets; the deadline grows with the payment calls."""
        token_s = TIGHT_TIMEOUTS.token_s
        return Timeouts(
            payment_s=self.payment_timeout_s,
            token_s=token_s,
            checkout_s=token_s + self.payment_timeout_s + _ROOM_S,
        )


AS_IN_THE_GUIDE = Tuning()
"""10 s for payments; renewed at 55 of 60 minutes by use, at 45 in the background."""
