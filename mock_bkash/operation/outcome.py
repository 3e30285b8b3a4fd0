"""What an operation comes to: done with a result, or refused with a code. No dialect knows rules,
and no rule knows a dialect: a `Wire` turns one into the other.
"""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from mock_bkash.agreement import Agreement
from mock_bkash.ledger import Refund
from mock_bkash.payment import Payment

__all__ = [
    "Created",
    "Done",
    "Found",
    "Outcome",
    "RefundHistory",
    "Refunded",
    "Refusal",
    "Sight",
    "Task",
    "TokenPair",
    "Wire",
]

Body = TypeVar("Body")
Result = TypeVar("Result")


class Refusal(Struct, frozen=True):
    """Hold a no: bKash's code, and the payment that it is about, if there is one."""

    code: str
    payment: Payment | None = None


class Done(Struct, Generic[Result], frozen=True):
    """Hold a yes: what is to be told, and the payment that it is about, if there is one."""

    result: Result
    payment: Payment | None = None


Outcome = Refusal | Done[Result]


class Task(Struct, Generic[Result], frozen=True):
    """Hold what an operation will do when its modelled time has passed.

    Attributes:
        key: whose latency to draw, if the request carries no trace.
        act: does it, at once and undivided.
        name: what the operation turned out to be, where one path serves several; "": as usual.
    """

    key: str
    act: Callable[[], Outcome[Result]]
    name: str = ""


class Wire(Struct, Generic[Body, Result], frozen=True):
    """Hold how a dialect writes one kind of call.

    Attributes:
        read: body of a request; raises `MalformedBody`.
        write: body of an answer.
        refuse: body of a refusal, by bKash's code.
        refusal_status: HTTP status of a refusal.
    """

    read: Callable[[bytes], Body]
    write: Callable[[Result], bytes]
    refuse: Callable[[str], bytes]
    refusal_status: int = 200


class TokenPair(Struct, frozen=True):
    """Tell the tokens that were issued; `expires_in_s` is the id_token's life."""

    expires_in_s: float
    id_token: str
    refresh_token: str


class Created(Struct, frozen=True):
    """Tell what was created; `page_hash` opens its customer page at `origin`."""

    payment: Payment
    origin: str
    page_hash: str


class Sight(Struct, frozen=True):
    """Tell a payment, and the agreement that it brought or is paid by."""

    payment: Payment
    agreement: Agreement | None


class Found(Struct, frozen=True):
    """Tell a transaction: a payment, or one of its refunds; `refundable_poisha` is what is left."""

    payment: Payment
    refund: Refund | None
    refundable_poisha: int


class Refunded(Struct, frozen=True):
    """Tell a refund, and of what."""

    payment: Payment
    refund: Refund


class RefundHistory(Struct, frozen=True):
    """Tell all refunds of a payment, oldest first."""

    payment: Payment
    refunds: Sequence[Refund]
