"""What a merchant asks to be paid: checked field by field, in bKash's codes."""

import re
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from mock_bkash.money import MIN_PAYMENT_POISHA, parse_taka
from mock_bkash.wire.tokenized import MODE_CHECKOUT, CreateBody

__all__ = ["Order", "read_order"]

MAX_TEXT_LENGTH: Final = 255
"""bKash's limit for references and invoices."""

MAX_URL_LENGTH: Final = 2048
"""bKash publishes none; browsers and servers agree on about this much."""

_OTHER_MODES: Final = frozenset({"0000", "0001", "0002"})
"""Agreement, payment by agreement, capture: bKash has them, this mock does not."""

# A callback URL ends up in a Location header and in a browser: no spaces, no control characters.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x20\x7f-\x9f]")


class Order(Struct, frozen=True, kw_only=True):
    """Hold a checked order; attributes as in `mock_bkash.payment.Payment`."""

    amount_text: str
    amount_poisha: int
    currency: str
    intent: str
    invoice: str
    payer_reference: str
    callback_url: str


def read_order(body: CreateBody) -> Order | str:
    """Return the order, or bKash's code for the first thing wrong with it.

    Raises:
        MalformedBody: the amount is neither a text nor a number.
    """
    amount_text = body.amount_text()
    code = _check_mode(body.mode)
    if code is not None:
        return code
    if (
        amount_text is None
        or body.payer_reference is None
        or body.callback_url is None
        or body.currency is None
        or body.intent is None
        or body.invoice is None
    ):
        return "2065"
    order = Order(
        amount_text=amount_text,
        amount_poisha=parse_taka(amount_text) or 0,
        currency=body.currency,
        intent=body.intent,
        invoice=str(body.invoice),
        payer_reference=str(body.payer_reference),
        callback_url=body.callback_url,
    )
    return _check(order) or order


def _check_mode(mode: str | None) -> str | None:
    if mode is None:
        return "2065"
    if mode == MODE_CHECKOUT:
        return None
    return "2064" if mode in _OTHER_MODES else "2063"


def _check(order: Order) -> str | None:
    if not 0 < len(order.payer_reference) <= MAX_TEXT_LENGTH:
        return "2048"
    if not _is_callback_url(order.callback_url):
        return "2049"
    if order.amount_poisha < MIN_PAYMENT_POISHA:
        return "2006"
    if order.currency != "BDT":
        return "2007"
    if order.intent != "sale":
        return "2008"
    return None if _is_invoice(order.invoice) else "2031"


def _is_invoice(invoice: str) -> bool:
    return 0 < len(invoice) <= MAX_TEXT_LENGTH and not any(sign in invoice for sign in "<>&")


def _is_callback_url(url: str) -> bool:
    if len(url) > MAX_URL_LENGTH or _UNPRINTABLE.search(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        # A bracket that opens an IPv6 address and never closes it.
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
