"""Bodies of answers about agreements: the field order of each class is its key order on the wire.

Sources: recorded traces of 2020 (create, execute, status and cancel of an agreement); what query
says of one is what the published client pybkash reads.
"""

from typing import Final

from msgspec import UNSET, Struct, UnsetType
from msgspec.json import Encoder

from mock_bkash.agreement import Agreement
from mock_bkash.choice import CallbackForm
from mock_bkash.payment import Payment, PaymentState
from mock_bkash.wire.code import MESSAGES, SUCCESSFUL
from mock_bkash.wire.moment import format_time
from mock_bkash.wire.tokenized.link import callback_link
from mock_bkash.wire.tokenized.name import NAMES

__all__ = [
    "AgreementCreated",
    "AgreementExecuted",
    "AgreementKnown",
    "AgreementQueried",
    "write_agreement",
    "write_agreement_created",
    "write_agreement_executed",
    "write_agreement_queried",
]

_SUCCESS: Final = MESSAGES[SUCCESSFUL]
_encode: Final = Encoder().encode


class AgreementCreated(Struct, rename=NAMES):
    """An agreement that waits for its shopper at bkashURL."""

    status_code: str
    status_message: str
    payment_id: str
    payer_reference: str
    page_url: str
    agreement_created_at: str
    agreement_status: str
    callback_url: str
    success_url: str
    failure_url: str
    cancelled_url: str


class AgreementExecuted(Struct, rename=NAMES):
    """An agreement that can be used from now on."""

    status_code: str
    status_message: str
    payment_id: str
    agreement_id: str
    payer_reference: str
    agreement_executed_at: str
    agreement_status: str
    wallet: str


class AgreementQueried(Struct, rename=NAMES):
    """How a payment of mode 0000 stands, and the agreement that it brought."""

    payment_id: str
    mode: str
    agreement_id: str | UnsetType
    payer_reference: str
    wallet: str | UnsetType
    payer_account: str | UnsetType
    payer_type: str
    agreement_status: str
    agreement_created_at: str
    agreement_executed_at: str | UnsetType
    agreement_cancelled_at: str | UnsetType
    verification_status: str
    status_code: str
    status_message: str


class AgreementKnown(Struct, rename=NAMES):
    """How an agreement stands."""

    status_code: str
    status_message: str
    agreement_id: str
    payment_id: str
    agreement_status: str
    agreement_created_at: str
    agreement_executed_at: str
    agreement_cancelled_at: str | UnsetType
    payer_reference: str
    wallet: str


def write_agreement_created(payment: Payment, *, page_url: str, form: CallbackForm) -> bytes:
    """Return the answer to create in mode 0000."""
    url, payment_id, mode = payment.callback_url, payment.payment_id, payment.mode
    return _encode(
        AgreementCreated(
            SUCCESSFUL,
            _SUCCESS,
            payment_id,
            payment.payer_reference,
            page_url,
            format_time(payment.created_ms),
            "Initiated",
            url,
            callback_link(url, payment_id=payment_id, status="success", mode=mode, form=form),
            callback_link(url, payment_id=payment_id, status="failure", mode=mode, form=form),
            callback_link(url, payment_id=payment_id, status="cancel", mode=mode, form=form),
        )
    )


def write_agreement_executed(agreement: Agreement) -> bytes:
    """Return the answer to the execute that brought an agreement."""
    return _encode(
        AgreementExecuted(
            SUCCESSFUL,
            _SUCCESS,
            agreement.payment_id,
            agreement.agreement_id,
            agreement.payer_reference,
            format_time(agreement.executed_ms),
            "Completed",
            agreement.wallet,
        )
    )


def write_agreement_queried(payment: Payment, agreement: Agreement | None) -> bytes:
    """Return the answer to query for a payment of mode 0000; None: it brought no agreement yet."""
    approved = payment.state is PaymentState.APPROVED or agreement is not None
    return _encode(
        AgreementQueried(
            payment.payment_id,
            payment.mode,
            payment.agreement_id or UNSET,
            payment.payer_reference,
            payment.wallet or UNSET,
            payment.wallet or UNSET,
            "Customer",
            "Initiated" if agreement is None else _status(agreement),
            format_time(payment.created_ms),
            UNSET if agreement is None else format_time(agreement.executed_ms),
            UNSET if agreement is None else _cancelled_at(agreement),
            "Complete" if approved else "Incomplete",
            SUCCESSFUL,
            _SUCCESS,
        )
    )


def write_agreement(agreement: Agreement) -> bytes:
    """Return the answer to agreement status, and to cancel."""
    return _encode(
        AgreementKnown(
            SUCCESSFUL,
            _SUCCESS,
            agreement.agreement_id,
            agreement.payment_id,
            _status(agreement),
            format_time(agreement.created_ms),
            format_time(agreement.executed_ms),
            _cancelled_at(agreement),
            agreement.payer_reference,
            agreement.wallet,
        )
    )


def _status(agreement: Agreement) -> str:
    return "Cancelled" if agreement.cancelled_ms else "Completed"


def _cancelled_at(agreement: Agreement) -> str | UnsetType:
    return format_time(agreement.cancelled_ms) if agreement.cancelled_ms else UNSET
