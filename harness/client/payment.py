"""A payment as merchant and gateway talk about it: what is asked, and what came back."""

from dataclasses import dataclass
from enum import StrEnum

from harness.errors import PaymentError

__all__ = [
    "Completed",
    "CreatedPayment",
    "Declined",
    "ExecuteResult",
    "Order",
    "PaymentStatus",
    "StillUnknown",
    "Terms",
    "Transaction",
    "TransactionStatus",
]


class TransactionStatus(StrEnum):
    """Name where a payment stands at bKash; whatever else bKash says is `OTHER`."""

    INITIATED = "Initiated"
    COMPLETED = "Completed"
    AUTHORIZED = "Authorized"
    CANCELLED = "Cancelled"
    DECLINED = "Declined"
    EXPIRED = "Expired"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Terms:
    """Hold what merchant and bKash must agree on, whatever an answer says.

    Attributes:
        amount_poisha: at least 100 (bKash takes no less than 1 taka).
        invoice: the merchant's name for the payment, at most 255 characters.
        currency: always taka so far.
    """

    amount_poisha: int
    invoice: str
    currency: str = "BDT"


@dataclass(frozen=True, slots=True)
class Order:
    """Ask bKash for a payment.

    Attributes:
        terms: amount and invoice.
        callback_url: where bKash sends the shopper back to; absolute.
        payer_reference: who pays, in the merchant's words; bKash wants at least a space.
    """

    terms: Terms
    callback_url: str
    payer_reference: str = " "


@dataclass(frozen=True, slots=True)
class CreatedPayment:
    """Hold bKash's answer to create.

    Attributes:
        payment_id: bKash's name for the payment.
        bkash_url: where the shopper approves it.
    """

    payment_id: str
    bkash_url: str


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    """Hold bKash's answer to execute or query.

    Attributes:
        payment_id: bKash's name for the payment.
        status: where it stands.
        trx_id: bKash's receipt; a completed payment always has one.
        amount_poisha: None where bKash did not say.
        currency: None where bKash did not say.
        invoice: None where bKash did not say.
    """

    payment_id: str
    status: TransactionStatus
    trx_id: str | None = None
    amount_poisha: int | None = None
    currency: str | None = None
    invoice: str | None = None


@dataclass(frozen=True, slots=True)
class Transaction:
    """Hold bKash's answer to a search by receipt.

    Attributes:
        trx_id: the receipt.
        status: where it stands.
        amount_poisha: what was moved.
        currency: of the amount.
    """

    trx_id: str
    status: TransactionStatus
    amount_poisha: int
    currency: str


@dataclass(frozen=True, slots=True)
class Completed:
    """The money moved, once.

    Attributes:
        payment_id: bKash's name for the payment.
        trx_id: bKash's receipt.
        queried: the answer came from query, because execute gave none.
    """

    payment_id: str
    trx_id: str
    queried: bool = False


@dataclass(frozen=True, slots=True)
class Declined:
    """bKash said no, and no money moved.

    Attributes:
        payment_id: bKash's name for the payment.
        status_code: bKash's code ("2023"), or the transaction status where query told.
        status_message: bKash's words, to be shown to the shopper.
    """

    payment_id: str
    status_code: str
    status_message: str


@dataclass(frozen=True, slots=True)
class StillUnknown:
    """Nobody knows yet whether money moved: keep the payment pending, ask again later.

    Attributes:
        payment_id: bKash's name for the payment.
        reason: what went wrong. A `GatewayProtocolError` wants a person to look: bKash's answer
            could not be read or contradicts the order.
    """

    payment_id: str
    reason: PaymentError


ExecuteResult = Completed | Declined | StillUnknown
"""How an execute ended; a closed set."""
