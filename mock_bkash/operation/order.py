"""What a merchant asks to be paid, or to be allowed: checked field by field, in bKash's codes."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from mock_bkash.magic import Step, magic_code
from mock_bkash.money import MIN_PAYMENT_POISHA, parse_taka
from mock_bkash.operation.asked import CreateRequest
from mock_bkash.payment import AGREEMENT, AUTHORIZATION, BY_AGREEMENT, CHECKOUT, SALE

__all__ = ["Order", "read_order"]

MAX_TEXT_LENGTH: Final = 255
"""bKash's limit for references, invoices and what is associated."""

MAX_URL_LENGTH: Final = 2048
"""bKash publishes none; browsers and servers agree on about this much."""

_MODES: Final = frozenset({AGREEMENT, BY_AGREEMENT, CHECKOUT})
_OTHER_MODES: Final = frozenset({"0002"})
"""Modes that bKash has and this mock does not."""

_INTENTS: Final = frozenset({SALE, AUTHORIZATION})

_FORBIDDEN: Final = re.compile(r"[<>&]")
_TAIL: Final = re.compile(r"[?#]")

# A callback URL ends up in a Location header and in a browser: no spaces, no control characters.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x20\x7f-\x9f]")


class Order(Struct, frozen=True, kw_only=True):
    """Hold a checked order; attributes as in `mock_bkash.payment.Payment`."""

    mode: str
    payer_reference: str
    callback_url: str
    amount_text: str = ""
    amount_poisha: int = 0
    currency: str = ""
    intent: str = ""
    invoice: str = ""
    agreement_id: str = ""


def read_order(body: CreateRequest, *, needs_reference: bool = True) -> Order | str:
    """Return the order, or bKash's code for the first thing wrong with it.

    Raises:
        MalformedBody: the amount is neither a text nor a number.
    """
    amount_text = body.amount_text()
    reference = (
        " " if body.payer_reference is None and not needs_reference else body.payer_reference
    )
    mode = body.mode
    code = _check_mode(mode)
    if code is not None:
        return code
    if mode is None or reference is None or body.callback_url is None:
        return "2065"
    if mode == AGREEMENT:
        order = Order(
            mode=AGREEMENT, payer_reference=str(reference), callback_url=body.callback_url
        )
        return _check_parties(order, Step.CREATE) or order
    if (
        amount_text is None
        or body.currency is None
        or body.intent is None
        or body.invoice is None
        or (mode == BY_AGREEMENT and not (body.agreement_id or "").strip())
    ):
        return "2065"
    order = Order(
        # The shared words themselves, not the request's copies of them.
        mode=BY_AGREEMENT if mode == BY_AGREEMENT else CHECKOUT,
        amount_text=amount_text,
        amount_poisha=parse_taka(amount_text) or 0,
        currency="BDT" if body.currency == "BDT" else body.currency,
        intent=SALE if body.intent == SALE else body.intent,
        invoice=str(body.invoice),
        payer_reference=str(reference),
        callback_url=body.callback_url,
        agreement_id=(body.agreement_id or "").strip(),
    )
    return _check(order, body.association_info or "") or order


def _check_mode(mode: str | None) -> str | None:
    if mode is None:
        return "2065"
    if mode in _MODES:
        return None
    return "2064" if mode in _OTHER_MODES else "2063"


def _check_parties(order: Order, step: Step) -> str | None:
    if not 0 < len(order.payer_reference) <= MAX_TEXT_LENGTH:
        return "2048"
    if not _is_callback_url(order.callback_url):
        return "2049"
    return magic_code(step, order.invoice) or magic_code(step, order.payer_reference)


def _check(order: Order, association_info: str) -> str | None:
    code = _check_parties(order, Step.CREATE)
    if code is not None:
        return code
    if order.agreement_id and order.mode == CHECKOUT:
        return "2063"
    return _check_money(order) or _check_texts(order.invoice, association_info)


def _check_money(order: Order) -> str | None:
    if order.amount_poisha < MIN_PAYMENT_POISHA:
        return "2006"
    if order.currency != "BDT":
        return "2007"
    return None if order.intent in _INTENTS else "2008"


def _check_texts(invoice: str, association_info: str) -> str | None:
    if not 0 < len(invoice) <= MAX_TEXT_LENGTH or _FORBIDDEN.search(invoice):
        return "2031"
    return None if _is_tlv(association_info.strip()) else "2047"


def _is_tlv(text: str) -> bool:
    # Tag of two letters, length of two digits, value: MI05MID54RF09123456789.
    if len(text) > MAX_TEXT_LENGTH:
        return False
    while text:
        length = text[2:4]
        if not (length.isascii() and length.isdigit()) or len(text) < 4 + int(length):
            return False
        text = text[4 + int(length) :]
    return True


def _is_callback_url(url: str) -> bool:
    if len(url) > MAX_URL_LENGTH or _UNPRINTABLE.search(url):
        return False
    # A shop's callbacks differ in their queries, and the rest of them is always the same.
    return _is_absolute(_TAIL.split(url, maxsplit=1)[0])


@lru_cache(maxsize=256)
def _is_absolute(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        # A bracket that opens an IPv6 address and never closes it.
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
