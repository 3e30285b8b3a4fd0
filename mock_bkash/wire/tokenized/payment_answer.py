"""Bodies of answers about payments: the field order of each class is its key order on the wire.

Sources: recorded traces of 2019 (create, execute), 2020 (mode 0001), 2023 (query, search); the
fields of search that only newer recordings have stand where current clients look. Capture and void
are documented and were not recorded.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import UNSET, Struct, UnsetType
from msgspec.json import Encoder

from mock_bkash.agreement import Agreement
from mock_bkash.choice import CallbackForm
from mock_bkash.ledger import Refund
from mock_bkash.payment import Payment, PaymentState
from mock_bkash.wire.code import MESSAGES, SUCCESSFUL
from mock_bkash.wire.moment import format_second, format_time
from mock_bkash.wire.tokenized.link import callback_link
from mock_bkash.wire.tokenized.name import NAMES

__all__ = [
    "AuthorizationSettled",
    "PaymentCreated",
    "PaymentExecuted",
    "PaymentQueried",
    "TransactionFound",
    "write_created",
    "write_executed",
    "write_found",
    "write_found_refund",
    "write_queried",
    "write_settled",
]

_SUCCESS: Final = MESSAGES[SUCCESSFUL]
_SHORT_CODE: Final = "50022"
_encode: Final = Encoder().encode

_STATUSES: Final[Mapping[PaymentState, str]] = {
    PaymentState.COMPLETED: "Completed",
    PaymentState.AUTHORIZED: "Authorized",
    PaymentState.VOIDED: "Cancelled",
    PaymentState.EXPIRED: "Expired",
}
"""What bKash calls a state; all others are "Initiated": money did not move."""

_VERIFIED: Final = frozenset(
    {
        PaymentState.APPROVED,
        PaymentState.AUTHORIZED,
        PaymentState.COMPLETED,
        PaymentState.VOIDED,
    }
)


class PaymentCreated(Struct, rename=NAMES):
    """A payment that waits for its shopper at bkashURL."""

    status_code: str
    status_message: str
    payment_id: str
    agreement_id: str | UnsetType
    page_url: str | UnsetType
    callback_url: str
    success_url: str
    failure_url: str
    cancelled_url: str
    amount: str
    intent: str
    currency: str
    created_at: str
    transaction_status: str
    invoice: str


class PaymentExecuted(Struct, rename=NAMES):
    """A payment whose money has moved, or is on hold."""

    status_code: str
    status_message: str
    payment_id: str
    agreement_id: str | UnsetType
    payer_reference: str
    wallet: str
    payer_type: str | UnsetType
    payer_account: str | UnsetType
    trx_id: str
    amount: str
    transaction_status: str
    executed_at: str
    currency: str
    intent: str
    invoice: str


class PaymentQueried(Struct, rename=NAMES):
    """How a payment stands."""

    payment_id: str
    mode: str
    agreement_id: str | UnsetType
    agreement_status: str | UnsetType
    agreement_created_at: str | UnsetType
    agreement_executed_at: str | UnsetType
    created_at: str
    executed_at: str | UnsetType
    amount: str
    currency: str
    intent: str
    queried_invoice: str
    trx_id: str | UnsetType
    transaction_status: str
    verification_status: str
    status_code: str
    status_message: str
    payer_reference: str


class TransactionFound(Struct, rename=NAMES):
    """A transaction: a payment, or one of its refunds."""

    trx_id: str
    initiated_at: str
    completed_at: str
    transaction_type: str
    wallet: str
    payer_account: str
    transaction_status: str
    amount: str
    currency: str
    short_code: str
    service_fee: str | UnsetType
    payer_type: str | UnsetType
    credited_amount: str | UnsetType
    refundable_amount: str | UnsetType
    original_amount: str | UnsetType
    status_code: str
    status_message: str


class AuthorizationSettled(Struct, rename=NAMES):
    """An authorized payment that was captured or voided."""

    status_code: str
    status_message: str
    payment_id: str
    begun_at: str
    updated_at: str
    trx_id: str
    transaction_status: str


def write_created(payment: Payment, *, page_url: str | None, form: CallbackForm) -> bytes:
    """Return the answer to create in a mode that takes money; None leaves out `bkashURL`."""
    url, payment_id, mode = payment.callback_url, payment.payment_id, payment.mode
    return _encode(
        PaymentCreated(
            SUCCESSFUL,
            _SUCCESS,
            payment_id,
            payment.agreement_id or UNSET,
            UNSET if page_url is None else page_url,
            url,
            callback_link(url, payment_id=payment_id, status="success", mode=mode, form=form),
            callback_link(url, payment_id=payment_id, status="failure", mode=mode, form=form),
            callback_link(url, payment_id=payment_id, status="cancel", mode=mode, form=form),
            payment.amount_text,
            payment.intent,
            payment.currency,
            format_time(payment.created_ms),
            "Initiated",
            payment.invoice,
        )
    )


def write_executed(payment: Payment, *, payer_fields: bool = False) -> bytes:
    """Return the answer to the one execute that moved the money, or put it on hold."""
    return _encode(
        PaymentExecuted(
            SUCCESSFUL,
            _SUCCESS,
            payment.payment_id,
            payment.agreement_id or UNSET,
            payment.payer_reference,
            payment.wallet,
            "Customer" if payer_fields else UNSET,
            payment.wallet if payer_fields else UNSET,
            payment.trx_id,
            payment.amount_text,
            _STATUSES[payment.state],
            format_time(payment.executed_ms),
            payment.currency,
            payment.intent,
            payment.invoice,
        )
    )


def write_queried(payment: Payment, agreement: Agreement | None) -> bytes:
    """Return the answer to query, with the agreement that it is paid by, if there is one."""
    executed = bool(payment.executed_ms)
    agreement_status, agreed_at, agreement_done_at = _agreed(agreement)
    return _encode(
        PaymentQueried(
            payment.payment_id,
            payment.mode,
            payment.agreement_id or UNSET,
            agreement_status,
            agreed_at,
            agreement_done_at,
            format_time(payment.created_ms),
            format_time(payment.executed_ms) if executed else UNSET,
            payment.amount_text,
            payment.currency,
            payment.intent,
            payment.invoice,
            payment.trx_id if executed else UNSET,
            _STATUSES.get(payment.state, "Initiated"),
            "Complete" if payment.state in _VERIFIED else "Incomplete",
            SUCCESSFUL,
            _SUCCESS,
            payment.payer_reference,
        )
    )


def write_found(payment: Payment, *, refundable: str) -> bytes:
    """Return the answer to a search that found a payment; `refundable` is in taka."""
    return _encode(
        TransactionFound(
            payment.trx_id,
            format_second(payment.executed_ms),
            format_second(payment.settled_ms or payment.executed_ms),
            "bKash Tokenized Checkout via API",
            payment.wallet,
            payment.wallet,
            _STATUSES[payment.state],
            payment.amount_text,
            payment.currency,
            _SHORT_CODE,
            "0",
            "Customer",
            payment.amount_text,
            refundable,
            UNSET,
            SUCCESSFUL,
            _SUCCESS,
        )
    )


def write_found_refund(payment: Payment, refund: Refund) -> bytes:
    """Return the answer to a search that found a refund."""
    return _encode(
        TransactionFound(
            refund.refund_trx_id,
            format_second(refund.refunded_ms),
            format_second(refund.refunded_ms),
            "Payment Refund",
            payment.wallet,
            payment.wallet,
            "Completed",
            refund.amount_text,
            payment.currency,
            _SHORT_CODE,
            UNSET,
            UNSET,
            UNSET,
            UNSET,
            payment.amount_text,
            SUCCESSFUL,
            _SUCCESS,
        )
    )


def write_settled(payment: Payment) -> bytes:
    """Return the answer to the capture or void of an authorized payment."""
    return _encode(
        AuthorizationSettled(
            SUCCESSFUL,
            _SUCCESS,
            payment.payment_id,
            format_time(payment.created_ms),
            format_time(payment.settled_ms),
            payment.trx_id,
            _STATUSES[payment.state],
        )
    )


def _agreed(
    agreement: Agreement | None,
) -> tuple[str | UnsetType, str | UnsetType, str | UnsetType]:
    if agreement is None:
        return UNSET, UNSET, UNSET
    return (
        "Cancelled" if agreement.cancelled_ms else "Completed",
        format_time(agreement.created_ms),
        format_time(agreement.executed_ms),
    )
