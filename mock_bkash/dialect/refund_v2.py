"""The refund calls of Tokenized Checkout v2, which stand beside every version of the rest."""

from collections.abc import Mapping

from mock_bkash.choice import Quirk
from mock_bkash.dialect.parts import Parts
from mock_bkash.operation import (
    REFUND_V2,
    Operation,
    Refunded,
    RefundHistory,
    RefundPayment,
    RefundStatus,
    Wire,
)
from mock_bkash.wire import refund_v2 as spelling

__all__ = ["refund_v2_routes"]

_MISMATCH_CODE = "3045"
_REFUSAL_STATUS = 400


def refund_v2_routes(parts: Parts) -> Mapping[str, Operation]:
    """Return the operations by path."""
    with_offset = parts.has(Quirk.REFUND_TIME_OFFSET)

    def write_refunded(refunded: Refunded) -> bytes:
        return spelling.write_refunded(refunded.payment, refunded.refund, with_offset=with_offset)

    def write_status(history: RefundHistory) -> bytes:
        return spelling.write_status(history.payment, history.refunds, with_offset=with_offset)

    refund = RefundPayment(identifiers=parts.identifiers, terms=REFUND_V2)
    status = RefundStatus(mismatch_code=_MISMATCH_CODE)
    no = spelling.write_refusal
    operations: tuple[Operation, ...] = (
        parts.guarded(refund, Wire(spelling.read_refund, write_refunded, no, _REFUSAL_STATUS)),
        parts.guarded(status, Wire(spelling.read_status, write_status, no, _REFUSAL_STATUS)),
    )
    by_name = {operation.name: operation for operation in operations}
    return {path: by_name[name] for path, name in spelling.PATHS.items()}
