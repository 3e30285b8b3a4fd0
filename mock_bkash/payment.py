"""A payment's life: a pure state machine, and the record that goes through it.

    initiated ──approve──▶ approved ──execute──▶ completed
        │  │                  │
        │  └──decline──▶ declined (wrong OTP thrice, no balance, …)
        └─────cancel───▶ cancelled ◀─────cancel

The shopper approves, the merchant executes; money moves at `execute` and nowhere else. No move
leads out of completed, so a payment succeeds once however often it is executed.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from mock_bkash.journal import Call

__all__ = ["IllegalMove", "Move", "Payment", "PaymentState", "next_state"]

MAX_TIMELINE_CALLS: Final = 64
"""Most calls kept with one payment; it has two or three, so more is a test or an attack."""


class PaymentState(StrEnum):
    """Say where a payment stands."""

    INITIATED = "initiated"
    APPROVED = "approved"
    COMPLETED = "completed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Move(StrEnum):
    """Say what happens to a payment."""

    APPROVE = "approve"
    DECLINE = "decline"
    CANCEL = "cancel"
    EXECUTE = "execute"


_MOVES: Final[Mapping[tuple[PaymentState, Move], PaymentState]] = {
    (PaymentState.INITIATED, Move.APPROVE): PaymentState.APPROVED,
    (PaymentState.INITIATED, Move.DECLINE): PaymentState.DECLINED,
    (PaymentState.INITIATED, Move.CANCEL): PaymentState.CANCELLED,
    (PaymentState.APPROVED, Move.CANCEL): PaymentState.CANCELLED,
    (PaymentState.APPROVED, Move.EXECUTE): PaymentState.COMPLETED,
}


class IllegalMove(ValueError):
    """A move that the payment's state does not allow; nothing has changed."""


def next_state(state: PaymentState, move: Move) -> PaymentState:
    """Return the state that a move leads to.

    Raises:
        IllegalMove: the state does not allow the move.
    """
    reached = _MOVES.get((state, move))
    if reached is None:
        raise IllegalMove(f"a payment that is {state} cannot {move}")
    return reached


# A record per payment for as long as the mock runs: without the collector's header it is smaller,
# and half a million of them do not slow the collector down. It holds no reference back to itself.
class Payment(Struct, gc=False, kw_only=True):
    """Hold what the mock knows about one payment.

    Attributes:
        payment_id: bKash's id.
        mode, amount_text, currency, intent, invoice, payer_reference, callback_url: as the merchant
            sent them; the amount is echoed as text exactly as it came.
        amount_poisha: the amount, exact.
        created_ms, executed_ms: modelled times, ms since 1970 UTC; 0: not yet.
        wallet: the shopper's number, "" until it is known.
        trx_id: bKash's id of the transaction, "" until money moved.
        declined_with: bKash's code for why the customer page declined it, or "".
        calls: the calls that named this payment, oldest first, at most `MAX_TIMELINE_CALLS`.
    """

    payment_id: str
    mode: str
    amount_text: str
    amount_poisha: int
    currency: str
    intent: str
    invoice: str
    payer_reference: str
    callback_url: str
    created_ms: int
    state: PaymentState = PaymentState.INITIATED
    executed_ms: int = 0
    wallet: str = ""
    trx_id: str = ""
    declined_with: str = ""
    calls: tuple[Call, ...] = ()

    def make(self, move: Move) -> None:
        """Go through a move of the state machine.

        Raises:
            IllegalMove: the state does not allow it; nothing has changed.
        """
        self.state = next_state(self.state, move)

    def note(self, call: Call) -> None:
        """Keep a call in the timeline, until it is full."""
        if len(self.calls) < MAX_TIMELINE_CALLS:
            self.calls = (*self.calls, call)
