"""Where a shopper is sent when bKash is done: the shop's callback, the outcome joined to it."""

from collections.abc import Mapping
from typing import Final

from mock_bkash.payment import Payment, PaymentState
from mock_bkash.wire.tokenized import return_link
from mock_bkash.world import World

__all__ = ["return_address"]

_STATUSES: Final[Mapping[PaymentState, str]] = {
    PaymentState.APPROVED: "success",
    PaymentState.AUTHORIZED: "success",
    PaymentState.COMPLETED: "success",
    PaymentState.VOIDED: "success",
    PaymentState.DECLINED: "failure",
    PaymentState.EXPIRED: "failure",
    PaymentState.CANCELLED: "cancel",
}


def return_address(world: World, payment: Payment) -> str:
    """Return the address of a payment that waits for its shopper no more."""
    status = _STATUSES[payment.state]
    return return_link(
        payment.callback_url,
        payment_id=payment.payment_id,
        status=status,
        mode=payment.mode,
        form=world.config.callback_form,
        signature=world.identifiers.signature(payment.payment_id, status),
    )
