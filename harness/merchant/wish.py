"""What a shopper asks for and what they get back, apart from any wire."""

from dataclasses import dataclass

__all__ = ["Begun", "Wish"]


@dataclass(frozen=True, slots=True)
class Wish:
    """Ask for a course; the ids are all that is believed of a make-payment request.

    Attributes:
        user_id: the shopper.
        course_id: what is to be bought.
    """

    user_id: int
    course_id: int


@dataclass(frozen=True, slots=True)
class Begun:
    """Hold a payment that waits for its shopper's approval at bKash.

    Attributes:
        ref: our name for it.
        payment_id: bKash's name for it.
        bkash_url: where the shopper approves it.
        amount_poisha: the course's price.
    """

    ref: str
    payment_id: str
    bkash_url: str
    amount_poisha: int
