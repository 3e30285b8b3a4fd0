"""bKash's own names: paths, headers, bodies and answers of Tokenized Checkout v1.2.0-beta.

The only module of this room in which bKash's spellings occur. It turns orders into bytes and bytes
into `Reply` objects, strict in types; whether a reply is good news is not its business.
"""

import re
from enum import StrEnum

import msgspec

from harness.client.credentials import Credentials
from harness.client.payment import Order
from harness.client.tokens.token import Token
from harness.money import format_taka, parse_taka

__all__ = [
    "PATHS",
    "SUCCESS",
    "Operation",
    "Reply",
    "create_body",
    "decode_reply",
    "grant_body",
    "payment_body",
    "payment_headers",
    "read_amount_poisha",
    "read_lifetime_s",
    "refresh_body",
    "search_body",
    "token_headers",
]

SUCCESS = "0000"
"""bKash's code for "done"; everything else under HTTP 200 is a refusal."""

_MODE_CHECKOUT = "0011"
_INTENT_SALE = "sale"

_DOCUMENTED_LIFETIME_S = 3_600.0
_LONGEST_LIFETIME_S = 86_400.0
"""A token said to live longer is asked for again after a day; a mistyped figure must not pin it."""

_SECONDS = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?", re.ASCII)

Headers = list[tuple[str, str]]


class Operation(StrEnum):
    """Name what can be asked of the gateway; the names are the stages'."""

    TOKEN_GRANT = "token_grant"
    TOKEN_REFRESH = "token_refresh"
    CREATE_PAYMENT = "create_payment"
    EXECUTE_PAYMENT = "execute_payment"
    QUERY_PAYMENT = "query_payment"
    SEARCH_TRANSACTION = "search_transaction"


PATHS: dict[Operation, str] = {
    Operation.TOKEN_GRANT: "/tokenized/checkout/token/grant",
    Operation.TOKEN_REFRESH: "/tokenized/checkout/token/refresh",
    Operation.CREATE_PAYMENT: "/tokenized/checkout/create",
    Operation.EXECUTE_PAYMENT: "/tokenized/checkout/execute",
    Operation.QUERY_PAYMENT: "/tokenized/checkout/payment/status",
    Operation.SEARCH_TRANSACTION: "/tokenized/checkout/general/searchTransaction",
}
"""Where each operation lives, below the base URL."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what any answer may say; None where it says nothing.

    Amounts and lifetimes stay raw JSON here: both come as text or as number, and a float would have
    lost the poisha before it could be looked at.
    """

    status_code: str | None = msgspec.field(default=None, name="statusCode")
    status_message: str | None = msgspec.field(default=None, name="statusMessage")
    error_code: str | None = msgspec.field(default=None, name="errorCode")
    error_message: str | None = msgspec.field(default=None, name="errorMessage")
    message: str | None = None
    id_token: str | None = None
    refresh_token: str | None = None
    expires_in: msgspec.Raw = msgspec.Raw()
    payment_id: str | None = msgspec.field(default=None, name="paymentID")
    bkash_url: str | None = msgspec.field(default=None, name="bkashURL")
    amount: msgspec.Raw = msgspec.Raw()
    currency: str | None = None
    invoice: str | None = msgspec.field(default=None, name="merchantInvoiceNumber")
    queried_invoice: str | None = msgspec.field(default=None, name="merchantInvoice")
    trx_id: str | None = msgspec.field(default=None, name="trxID")
    transaction_status: str | None = msgspec.field(default=None, name="transactionStatus")

    def __repr__(self) -> str:
        """Show the status only: the rest may be a token."""
        return f"Reply(status_code={self.status_code!r})"


_decoder = msgspec.json.Decoder(Reply)


def decode_reply(body: bytes) -> Reply | None:
    """Read an answer; None if it is not a JSON object of the types that bKash writes."""
    try:
        return _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # Not raised on from here: this frame holds the body, which may hold a token.
        return None


def read_amount_poisha(raw: msgspec.Raw) -> int | None:
    """Return an amount exactly, written as text or as number; None if it is neither, or absent."""
    try:
        return parse_taka(_plain(raw))
    except ValueError:
        return None


def read_lifetime_s(raw: msgspec.Raw) -> float:
    """Return a token's lifetime in seconds, whatever bKash wrote.

    A number, or a number in quotes, counts. Nothing, nonsense, zero and less cannot be meant: the
    documented hour is assumed, and a 401 will tell if that was wrong. More than a day is a day.
    """
    match = _SECONDS.fullmatch(_plain(raw))
    lifetime_s = 0.0 if match is None else float(match[0])
    return min(lifetime_s, _LONGEST_LIFETIME_S) if lifetime_s > 0 else _DOCUMENTED_LIFETIME_S


def token_headers(credentials: Credentials) -> Headers:
    """Return what a token call carries beside its body."""
    return [("username", credentials.username), ("password", credentials.password)]


def payment_headers(credentials: Credentials, token: Token) -> Headers:
    """Return what every other call carries; the token stands bare, as in bKash's samples."""
    return [("Authorization", token.id_token), ("X-App-Key", credentials.app_key)]


def grant_body(credentials: Credentials) -> bytes:
    """Ask for a first token."""
    return _encode({"app_key": credentials.app_key, "app_secret": credentials.app_secret})


def refresh_body(credentials: Credentials, token: Token) -> bytes:
    """Ask for the next token."""
    return _encode(
        {
            "app_key": credentials.app_key,
            "app_secret": credentials.app_secret,
            "refresh_token": token.refresh_token,
        }
    )


def create_body(order: Order) -> bytes:
    """Ask for a payment that is confirmed at bKash's page (mode 0011)."""
    return _encode(
        {
            "mode": _MODE_CHECKOUT,
            "payerReference": order.payer_reference,
            "callbackURL": order.callback_url,
            "amount": format_taka(order.terms.amount_poisha),
            "currency": order.terms.currency,
            "intent": _INTENT_SALE,
            "merchantInvoiceNumber": order.terms.invoice,
        }
    )


def payment_body(payment_id: str) -> bytes:
    """Name a payment, to execute or to query it."""
    return _encode({"paymentID": payment_id})


def search_body(trx_id: str) -> bytes:
    """Name a receipt."""
    return _encode({"trxID": trx_id})


_encode = msgspec.json.encode


def _plain(raw: msgspec.Raw) -> str:
    return bytes(raw).decode("ascii", "replace").removeprefix('"').removesuffix('"')
