"""The refund calls of Tokenized Checkout v2 as bytes: addresses, names, key order, errors.

They hang off the root of the host, whatever version the other calls have. Errors are HTTP 400 with
four keys of their own; the schema check in front wants every field, sku and reason included.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Raw, Struct
from msgspec.json import Encoder

from mock_bkash.ledger import Refund
from mock_bkash.payment import Payment
from mock_bkash.wire.body import MalformedBody, amount_text, body_reader
from mock_bkash.wire.code import MESSAGES
from mock_bkash.wire.moment import format_local_second, format_second

__all__ = [
    "PATHS",
    "RefundBody",
    "RefundDone",
    "RefundLine",
    "RefundsKnown",
    "Refused",
    "StatusBody",
    "read_refund",
    "read_status",
    "write_refunded",
    "write_refusal",
    "write_status",
]

_BASE: Final = "/v2/tokenized-checkout/refund/payment"

PATHS: Final[Mapping[str, str]] = {
    f"{_BASE}/transaction": "refund_payment",
    f"{_BASE}/status": "refund_status",
}
"""Operation by path."""

_INTERNAL_CODES: Final[Mapping[str, str]] = {
    "2062": "payment_already_completed",
    "2072": "refund_amount_exceed_payment_amount",
    "3045": "ERROR_REFUND_TRANSACTION_ID_MISMATCH",
}
"""Recorded ones that are not simply the message in lower case."""

_encode: Final = Encoder().encode


class RefundBody(Struct, rename="camel"):
    """Hold the body of a refund."""

    payment_id: str
    trx_id: str
    refund_amount: Raw
    sku: str
    reason: str

    @property
    def asks_status(self) -> bool:
        """Tell that it never asks for anything but a refund."""
        return False

    def amount_text(self) -> str | None:
        """Return the amount as it was written, without quotes.

        Raises:
            MalformedBody: it is neither a text nor a number.
        """
        return amount_text(self.refund_amount)


class StatusBody(Struct, rename="camel"):
    """Hold the body of a question how refunds stand."""

    payment_id: str
    trx_id: str


class RefundDone(Struct, rename="camel"):
    """Money that was given back."""

    original_trx_id: str
    refund_trx_id: str
    refund_transaction_status: str
    original_trx_amount: str
    refund_amount: str
    currency: str
    completed_time: str
    sku: str
    reason: str


class RefundLine(Struct, rename="camel"):
    """One of several refunds."""

    refund_trx_id: str
    refund_transaction_status: str
    refund_amount: str
    completed_time: str


class RefundsKnown(Struct, rename="camel"):
    """All refunds of a payment."""

    original_trx_id: str
    original_trx_amount: str
    original_trx_completed_time: str
    refund_transactions: list[RefundLine]


class Refused(Struct, rename="camel"):
    """A business error: bKash's code and its words for it."""

    internal_code: str
    external_code: str
    error_message_en: str
    error_message_bn: None = None


_read_refund = body_reader(RefundBody)

read_status = body_reader(StatusBody)
"""Read the body of refund status; raises `MalformedBody`."""


def read_refund(body: bytes) -> RefundBody:
    """Read the body of a refund.

    Raises:
        MalformedBody: it is no JSON object of these fields, or one of them says nothing.
    """
    read = _read_refund(body)
    if not (read.sku.strip() and read.reason.strip()) or read.amount_text() is None:
        raise MalformedBody("sku, reason and refundAmount are mandatory")
    return read


def write_refunded(payment: Payment, refund: Refund, *, with_offset: bool = False) -> bytes:
    """Return the answer to a refund."""
    return _encode(
        RefundDone(
            payment.trx_id,
            refund.refund_trx_id,
            "Completed",
            payment.amount_text,
            refund.amount_text,
            payment.currency,
            _clock(with_offset)(refund.refunded_ms),
            refund.sku,
            refund.reason,
        )
    )


def write_status(
    payment: Payment, refunds: Sequence[Refund], *, with_offset: bool = False
) -> bytes:
    """Return the answer to the question how refunds stand; there may be none."""
    show = _clock(with_offset)
    return _encode(
        RefundsKnown(
            payment.trx_id,
            payment.amount_text,
            show(payment.settled_ms or payment.executed_ms),
            [
                RefundLine(r.refund_trx_id, "Completed", r.amount_text, show(r.refunded_ms))
                for r in refunds
            ],
        )
    )


@lru_cache(maxsize=len(MESSAGES))
def write_refusal(code: str) -> bytes:
    """Return a business error, which goes with HTTP 400."""
    message = MESSAGES[code]
    internal = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")
    return _encode(Refused(_INTERNAL_CODES.get(code, internal), code, message))


def _clock(with_offset: bool) -> Callable[[int], str]:
    return format_second if with_offset else format_local_second
