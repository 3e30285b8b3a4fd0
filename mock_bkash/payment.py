"""A payment's life: a pure state machine, and the record that goes through it.

    initiated ──approve──▶ approved ──execute──▶ completed
        │ │ │               │ │ │ └──authorize──▶ authorized ──capture──▶ completed
        │ │ │               │ │ │                     └───────void──────▶ voided
        └─┼─┼───decline─────┘ │ │     declined (wrong OTP thrice, no balance, refused at execute)
          └─┼───cancel────────┘ │     cancelled
            └───expire──────────┘     expired (24 hours after create)

The shopper approves, the merchant executes; money moves at `execute` or `capture` and nowhere else.
No move leads out of completed, so a payment succeeds once however often it is executed.

An agreement begins as a payment of no money (mode 0000): it is approved and executed alike, and
what its execute brings is a `mock_bkash.agreement.Agreement`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from mock_bkash.journal import Call

__all__ = [
    "AGREEMENT",
    "AUTHORIZATION",
    "BY_AGREEMENT",
    "CHECKOUT",
    "LIFE_MS",
    "SALE",
    "IllegalMove",
    "Move",
    "Payment",
    "PaymentState",
    "next_state",
]

AGREEMENT: Final = "0000"
"""Mode: the shopper lets the merchant take later payments with the PIN alone; no money moves."""

BY_AGREEMENT: Final = "0001"
"""Mode: a payment under such an agreement."""

CHECKOUT: Final = "0011"
"""Mode: a payment without one."""

SALE: Final = "sale"
"""Intent: execute takes the money."""

AUTHORIZATION: Final = "authorization"
"""Intent: execute holds the money, capture takes it, void lets it go."""

LIFE_MS: Final = 24 * 3600 * 1000
"""A created payment that nobody executes ends after 24 hours (bKash's API documentation)."""

MAX_TIMELINE_CALLS: Final = 64
"""Most calls kept with one payment; it has two or three, so more is a test or an attack."""


class PaymentState(StrEnum):
    """Say where a payment stands."""

    INITIATED = "initiated"
    APPROVED = "approved"
    AUTHORIZED = "authorized"
    COMPLETED = "completed"
    VOIDED = "voided"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Move(StrEnum):
    """Say what happens to a payment."""

    APPROVE = "approve"
    DECLINE = "decline"
    CANCEL = "cancel"
    EXPIRE = "expire"
    EXECUTE = "execute"
    AUTHORIZE = "authorize"
    CAPTURE = "capture"
    VOID = "void"


_MOVES: Final[Mapping[tuple[PaymentState, Move], PaymentState]] = {
    (PaymentState.INITIATED, Move.APPROVE): PaymentState.APPROVED,
    (PaymentState.INITIATED, Move.DECLINE): PaymentState.DECLINED,
    (PaymentState.INITIATED, Move.CANCEL): PaymentState.CANCELLED,
    (PaymentState.INITIATED, Move.EXPIRE): PaymentState.EXPIRED,
    (PaymentState.APPROVED, Move.DECLINE): PaymentState.DECLINED,
    (PaymentState.APPROVED, Move.CANCEL): PaymentState.CANCELLED,
    (PaymentState.APPROVED, Move.EXPIRE): PaymentState.EXPIRED,
    (PaymentState.APPROVED, Move.EXECUTE): PaymentState.COMPLETED,
    (PaymentState.APPROVED, Move.AUTHORIZE): PaymentState.AUTHORIZED,
    (PaymentState.AUTHORIZED, Move.CAPTURE): PaymentState.COMPLETED,
    (PaymentState.AUTHORIZED, Move.VOID): PaymentState.VOIDED,
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


# A record per payment for as long as the mock keeps it: without the collector's header it is
# smaller, and half a million of them do not slow the collector down. It holds no reference back to
# itself.
class Payment(Struct, gc=False, kw_only=True):
    """Hold what the mock knows about one payment, or about one asking for an agreement.

    Attributes:
        payment_id: bKash's id.
        mode, amount_text, currency, intent, invoice, payer_reference, callback_url: as the merchant
            sent them; the amount is echoed as text exactly as it came. In mode 0000 amount, intent
            and invoice are "".
        amount_poisha: the amount, exact; 0 in mode 0000.
        created_ms, executed_ms, settled_ms: modelled times, ms since 1970 UTC; 0: not yet. Settled
            is when an authorized payment was captured or voided.
        agreement_id: in mode 0001 the agreement it is paid by; in mode 0000 what execute brought.
        wallet: the shopper's number, "" until it is known.
        by_shopper: whether a shopper gave that number, and not the mock itself.
        trx_id: bKash's id of the transaction, "" until money was moved or held.
        declined_with: bKash's code for why it was declined, or "".
        stumbles: steps that were refused once because they were asked to be (`mock_bkash.magic`).
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
    settled_ms: int = 0
    agreement_id: str = ""
    wallet: str = ""
    by_shopper: bool = False
    trx_id: str = ""
    declined_with: str = ""
    stumbles: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()

    @property
    def waits(self) -> bool:
        """Tell whether its execute is still to come."""
        return self.state is PaymentState.INITIATED or self.state is PaymentState.APPROVED

    def make(self, move: Move) -> None:
        """Go through a move of the state machine.

        Raises:
            IllegalMove: the state does not allow it; nothing has changed.
        """
        self.state = next_state(self.state, move)

    def decline(self, code: str) -> None:
        """Decline it with bKash's code.

        Raises:
            IllegalMove: the state does not allow it; nothing has changed.
        """
        self.make(Move.DECLINE)
        self.declined_with = code

    def age(self, now_ms: int) -> None:
        """Let it expire, if its time is over and it still waits for its execute."""
        if self.waits and now_ms - self.created_ms >= LIFE_MS:
            self.make(Move.EXPIRE)

    def note(self, call: Call) -> None:
        """Keep a call in the timeline, until it is full."""
        if len(self.calls) < MAX_TIMELINE_CALLS:
            self.calls = (*self.calls, call)
