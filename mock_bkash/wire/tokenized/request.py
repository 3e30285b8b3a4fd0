"""Bodies of requests, read as leniently as bKash reads them.

Unknown fields are skipped, an amount may be a number, a number may stand for a text. What is absent
is None: whether that matters is for the operation to say, in bKash's codes. Only what is no JSON
object, or has a field of an impossible type, is refused here.
"""

from collections.abc import Callable
from typing import TypeVar

from msgspec import Raw, Struct
from msgspec.json import Decoder, decode

from mock_bkash.wire.tokenized.name import NAMES

__all__ = [
    "CreateBody",
    "CredentialsBody",
    "MalformedBody",
    "PaymentBody",
    "SearchBody",
    "read_create",
    "read_credentials",
    "read_payment",
    "read_search",
]

Body = TypeVar("Body")


class MalformedBody(ValueError):
    """A body that the gateway's schema check does not let through."""


class CredentialsBody(Struct):
    """Hold the body of token grant, or of token refresh."""

    app_key: str | None = None
    app_secret: str | None = None
    refresh_token: str | None = None


class CreateBody(Struct, rename=NAMES):
    """Hold the body of create; clients write invoices and references as numbers, too."""

    mode: str | None = None
    payer_reference: str | int | None = None
    callback_url: str | None = None
    # Undecoded, because the answer repeats the amount exactly as it was written: 10.0 or "10.00".
    amount: Raw = Raw()
    currency: str | None = None
    intent: str | None = None
    invoice: str | int | None = None

    def amount_text(self) -> str | None:
        """Return the amount as it was written, without quotes; None where there is none.

        Raises:
            MalformedBody: it is neither a text nor a number.
        """
        raw = bytes(self.amount)
        if not raw or raw == b"null":
            return None
        if raw.startswith(b'"'):
            return _decode_text(raw)
        if raw[:1] in b"-0123456789":
            return raw.decode()
        raise MalformedBody("amount is neither a text nor a number")


class PaymentBody(Struct, rename=NAMES):
    """Hold the body of execute and of query."""

    payment_id: str | None = None


class SearchBody(Struct, rename=NAMES):
    """Hold the body of search."""

    trx_id: str | None = None


def _decode_text(raw: bytes) -> str:
    try:
        return decode(raw, type=str)
    except ValueError as error:
        raise MalformedBody("amount is not text in UTF-8") from error


def _reader(kind: type[Body]) -> Callable[[bytes], Body]:
    decoder = Decoder(kind)

    def read(body: bytes) -> Body:
        try:
            return decoder.decode(body)
        except (ValueError, RecursionError) as error:
            # Bad syntax, bad UTF-8, a wrong type; nested deeper than the parser goes.
            raise MalformedBody(str(error)) from error

    return read


read_credentials = _reader(CredentialsBody)
"""Read the body of token grant or refresh; raises `MalformedBody`."""

read_create = _reader(CreateBody)
"""Read the body of create; raises `MalformedBody`."""

read_payment = _reader(PaymentBody)
"""Read the body of execute or query; raises `MalformedBody`."""

read_search = _reader(SearchBody)
"""Read the body of search; raises `MalformedBody`."""
