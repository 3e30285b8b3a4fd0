"""The duplicate rule: one wallet pays one amount once within a few minutes.

bKash's integration team tests it before go-live (2029): two minutes in production, five in the
sandbox. Only wallets that a shopper gave are watched: where the mock itself says who pays, all
shoppers have the same wallet, and the rule would forbid a shop a second customer.
"""

from typing import Final

from mock_bkash.payment import Payment

__all__ = ["DuplicateWatch"]

MAX_WATCHED: Final = 10_000
"""Most wallets and amounts watched at a time; the oldest is let go first."""


class DuplicateWatch:
    """Remember who paid what, and when."""

    __slots__ = ("_paid_ms", "_window_ms")

    def __init__(self, *, window_s: float) -> None:
        """Take the length of the window in modelled seconds; 0 turns the rule off."""
        self._window_ms = window_s * 1000
        self._paid_ms: dict[tuple[str, int], int] = {}

    def forbids(self, payment: Payment, *, wallet: str, now_ms: int) -> bool:
        """Tell whether a wallet paid this payment's amount within the window before now."""
        paid_ms = self._paid_ms.get((wallet, payment.amount_poisha))
        return paid_ms is not None and now_ms - paid_ms < self._window_ms

    def note(self, payment: Payment) -> None:
        """Remember an executed payment."""
        if not (self._window_ms and payment.by_shopper):
            return
        key = payment.wallet, payment.amount_poisha
        # Taken out first, so that the order stays that of the last payment.
        self._paid_ms.pop(key, None)
        if len(self._paid_ms) >= MAX_WATCHED:
            del self._paid_ms[next(iter(self._paid_ms))]
        self._paid_ms[key] = payment.executed_ms
