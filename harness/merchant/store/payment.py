"""What the store knows of one payment, as plain data."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Claim", "Course", "Outcome", "Payment", "PaymentState", "Receipt"]


class PaymentState(StrEnum):
    """Name the states of a payment; `schema.sql` holds the moves between them."""

    INITIATED = "initiated"
    CREATED = "created"
    EXECUTING = "executing"
    PENDING = "pending"
    PAID = "paid"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"
    REVIEW = "review"

    @property
    def is_final(self) -> bool:
        """Tell whether nothing can follow."""
        return self in _FINAL


_FINAL = frozenset(
    {
        PaymentState.PAID,
        PaymentState.DECLINED,
        PaymentState.CANCELLED,
        PaymentState.ABANDONED,
        PaymentState.REVIEW,
    }
)


@dataclass(frozen=True, slots=True)
class Course:
    """Hold what a checkout needs of a course.

    Attributes:
        course_id: the key.
        title: shown to the shopper.
        price_poisha: the only amount that is ever believed.
        teacher: shown to the shopper.
        lessons: how many, shown to the shopper.
    """

    course_id: int
    title: str
    price_poisha: int
    teacher: str = ""
    lessons: int = 0


@dataclass(frozen=True, slots=True)
class Payment:
    """Hold one row of `payments`.

    Attributes:
        ref: our name for the payment, bKash's merchantInvoiceNumber.
        user_id: the shopper.
        course_id: what is bought.
        amount_poisha: the price at the time of the intent.
        state: where it stands.
        payment_id: bKash's name for it; None until attached.
        trx_id: bKash's receipt; only a paid payment has one.
        reason: why it ended, in words that a shopper may read.
        updated_at_ms: when its state last changed, milliseconds since 1970.
    """

    ref: str
    user_id: int
    course_id: int
    amount_poisha: int
    state: PaymentState
    payment_id: str | None = None
    trx_id: str | None = None
    reason: str | None = None
    updated_at_ms: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """Say what came of asking to execute a payment.

    Attributes:
        payment: how it stands now.
        won: whether the asker, and nobody else, is to execute it.
    """

    payment: Payment
    won: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """Say how a payment is to go on after bKash was asked.

    Attributes:
        state: the state to move to.
        trx_id: bKash's receipt; with `PAID` only.
        reason: why it ended, in words that a shopper may read.
    """

    state: PaymentState
    trx_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Hold what the result page shows.

    Attributes:
        payment: how it stands.
        course_title: what was bought.
    """

    payment: Payment
    course_title: str
