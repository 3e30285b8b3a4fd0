"""Bodies of answers: the field order of each class is its key order on the wire, as recorded.

Sources: recorded traces of 2019 (create, execute, token), 2020 (failed grant), 2023 (query,
search); the fields of search that only newer recordings have stand where current clients look.
"""

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from msgspec import UNSET, Struct, UnsetType
from msgspec.json import Encoder

from mock_bkash.payment import Payment, PaymentState
from mock_bkash.wire.code import MESSAGES, SUCCESSFUL
from mock_bkash.wire.tokenized.link import callback_link
from mock_bkash.wire.tokenized.name import NAMES

__all__ = [
    "format_time",
    "write_created",
    "write_executed",
    "write_found",
    "write_granted",
    "write_queried",
    "write_refusal",
    "write_unrecognized",
]

_SUCCESS: Final = MESSAGES[SUCCESSFUL]
_DHAKA: Final = timezone(timedelta(hours=6))
_SHORT_CODE: Final = "50022"
_encode: Final = Encoder().encode


class _Granted(Struct):
    expires_in: int | float
    token_type: str
    id_token: str
    refresh_token: str
    # Spelt out, because the fields before them are bKash's only lower-case names.
    statusCode: str
    statusMessage: str


class _Created(Struct, rename=NAMES):
    status_code: str
    status_message: str
    payment_id: str
    page_url: str
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


class _Executed(Struct, rename=NAMES):
    status_code: str
    status_message: str
    payment_id: str
    payer_reference: str
    wallet: str
    trx_id: str
    amount: str
    transaction_status: str
    executed_at: str
    currency: str
    intent: str
    invoice: str


class _Queried(Struct, rename=NAMES, omit_defaults=True):
    payment_id: str
    mode: str
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


class _Found(Struct, rename=NAMES):
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
    service_fee: str
    payer_type: str
    credited_amount: str
    refundable_amount: str
    status_code: str
    status_message: str


class _Refused(Struct, rename=NAMES):
    status_code: str
    status_message: str


class _Unrecognized(Struct, rename=NAMES):
    status_message: str
    status_code: str


def write_granted(*, expires_in_s: float, id_token: str, refresh_token: str) -> bytes:
    """Return the answer to a token grant or refresh; a whole life is written without decimals."""
    life = int(expires_in_s) if expires_in_s == int(expires_in_s) else expires_in_s
    return _encode(_Granted(life, "Bearer", id_token, refresh_token, SUCCESSFUL, _SUCCESS))


def write_created(payment: Payment, *, page_url: str) -> bytes:
    """Return the answer to create."""
    url, payment_id = payment.callback_url, payment.payment_id
    return _encode(
        _Created(
            SUCCESSFUL,
            _SUCCESS,
            payment_id,
            page_url,
            url,
            callback_link(url, payment_id=payment_id, status="success"),
            callback_link(url, payment_id=payment_id, status="failure"),
            callback_link(url, payment_id=payment_id, status="cancel"),
            payment.amount_text,
            payment.intent,
            payment.currency,
            format_time(payment.created_ms),
            "Initiated",
            payment.invoice,
        )
    )


def write_executed(payment: Payment) -> bytes:
    """Return the answer to the one execute that moved the money."""
    return _encode(
        _Executed(
            SUCCESSFUL,
            _SUCCESS,
            payment.payment_id,
            payment.payer_reference,
            payment.wallet,
            payment.trx_id,
            payment.amount_text,
            "Completed",
            format_time(payment.executed_ms),
            payment.currency,
            payment.intent,
            payment.invoice,
        )
    )


def write_queried(payment: Payment) -> bytes:
    """Return the answer to query: money either moved ("Completed") or did not ("Initiated")."""
    completed = payment.state is PaymentState.COMPLETED
    verified = completed or payment.state is PaymentState.APPROVED
    return _encode(
        _Queried(
            payment.payment_id,
            payment.mode,
            format_time(payment.created_ms),
            format_time(payment.executed_ms) if completed else UNSET,
            payment.amount_text,
            payment.currency,
            payment.intent,
            payment.invoice,
            payment.trx_id if completed else UNSET,
            "Completed" if completed else "Initiated",
            "Complete" if verified else "Incomplete",
            SUCCESSFUL,
            _SUCCESS,
            payment.payer_reference,
        )
    )


def write_found(payment: Payment) -> bytes:
    """Return the answer to a search that found the transaction of a completed payment."""
    return _encode(
        _Found(
            payment.trx_id,
            _format_second(payment.executed_ms),
            _format_second(payment.executed_ms),
            "bKash Tokenized Checkout via API",
            payment.wallet,
            payment.wallet,
            "Completed",
            payment.amount_text,
            payment.currency,
            _SHORT_CODE,
            "0",
            "Customer",
            payment.amount_text,
            payment.amount_text,
            SUCCESSFUL,
            _SUCCESS,
        )
    )


@lru_cache(maxsize=len(MESSAGES))
def write_refusal(code: str) -> bytes:
    """Return a business error: HTTP 200, a code and bKash's words for it."""
    return _encode(_Refused(code, MESSAGES[code]))


@lru_cache(maxsize=8)
def write_unrecognized(message: str) -> bytes:
    """Return the answer to wrong credentials; recorded with its two keys the other way round."""
    return _encode(_Unrecognized(message, "9999"))


def format_time(epoch_ms: int) -> str:
    """Return a time as bKash writes it: 2019-09-03T22:55:37:813 GMT+0600, a colon before the ms."""
    second, ms = divmod(epoch_ms, 1000)
    return f"{_format_prefix(second)}:{ms:03d} GMT+0600"


def _format_second(epoch_ms: int) -> str:
    # Search rounds down to the second and writes the zeros all the same.
    return format_time(epoch_ms // 1000 * 1000)


@lru_cache(maxsize=64)
def _format_prefix(second: int) -> str:
    # Thousands of payments share a second, and formatting a date costs more than the rest of one.
    return datetime.fromtimestamp(second, UTC).astimezone(_DHAKA).strftime("%Y-%m-%dT%H:%M:%S")
