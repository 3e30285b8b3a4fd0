"""The body of a refund's answer, v1; the field order is the key order of the documentation."""

from typing import Final

from msgspec import Struct
from msgspec.json import Encoder

from mock_bkash.ledger import Refund
from mock_bkash.payment import Payment
from mock_bkash.wire.code import MESSAGES, SUCCESSFUL
from mock_bkash.wire.moment import format_time
from mock_bkash.wire.tokenized.name import NAMES

__all__ = ["RefundDone", "write_refunded"]

_encode: Final = Encoder().encode


class RefundDone(Struct, rename=NAMES):
    """Money that was given back."""

    status_code: str
    status_message: str
    original_trx_id: str
    refund_trx_id: str
    transaction_status: str
    amount: str
    currency: str
    charge: str
    completed_at: str


def write_refunded(payment: Payment, refund: Refund) -> bytes:
    """Return the answer to a refund, and to the question how it stands."""
    return _encode(
        RefundDone(
            SUCCESSFUL,
            MESSAGES[SUCCESSFUL],
            payment.trx_id,
            refund.refund_trx_id,
            "Completed",
            refund.amount_text,
            payment.currency,
            "0.00",
            format_time(refund.refunded_ms),
        )
    )
