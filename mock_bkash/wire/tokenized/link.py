"""Addresses: where the calls are, where the customer page is, where the shopper is sent back to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, quote

from mock_bkash.choice import CallbackForm
from mock_bkash.payment import AGREEMENT

__all__ = [
    "NEWER_PAGE_PATH",
    "PAGE_PATH",
    "PATHS",
    "VERSION",
    "PageQuery",
    "callback_link",
    "page_link",
    "page_link_of_2025",
    "parse_page_query",
    "return_link",
]

VERSION: Final = "v1.2.0-beta"

_BASE: Final = f"/{VERSION}/tokenized/checkout"

PATHS: Final[Mapping[str, str]] = {
    f"{_BASE}/token/grant": "token_grant",
    f"{_BASE}/token/refresh": "token_refresh",
    f"{_BASE}/create": "create_payment",
    f"{_BASE}/execute": "execute_payment",
    f"{_BASE}/payment/status": "query_payment",
    # Three spellings are in use: in recorded traces, in official samples, in other clients.
    f"{_BASE}/general/searchTransaction": "search_transaction",
    f"{_BASE}/general/search/searchTransaction": "search_transaction",
    f"{_BASE}/general/searchTran": "search_transaction",
    f"{_BASE}/payment/refund": "refund_payment",
    f"{_BASE}/payment/confirm/capture": "capture_payment",
    f"{_BASE}/payment/confirm/void": "void_payment",
    f"{_BASE}/payment/confirm/capture/void": "void_payment",
    f"{_BASE}/agreement/status": "query_agreement",
    f"{_BASE}/agreement/cancel": "cancel_agreement",
}
"""Operation by path."""

PAGE_PATH: Final = "/redirect/tokenized/"
"""Path of the customer page."""

NEWER_PAGE_PATH: Final = "/"
"""Its path since 2025, as clients have written it down."""

_PRODUCT: Final = "tokenized-checkout"
_SAFE: Final = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Hold what the query of a customer page's address says.

    Attributes:
        payment_id: whose page it is, "" if missing.
        page_hash: what opens it, "" if missing.
    """

    payment_id: str
    page_hash: str


def page_link(*, origin: str, payment_id: str, page_hash: str, mode: str, epoch_ms: int) -> str:
    """Return the address of a payment's customer page."""
    return (
        f"{origin}{PAGE_PATH}?paymentID={payment_id}&hash={page_hash}!{epoch_ms}"
        f"&mode={mode}&apiVersion={VERSION}"
    )


def page_link_of_2025(
    *, origin: str, payment_id: str, page_hash: str, mode: str, epoch_ms: int
) -> str:
    """Return the same address in the form of 2025, with the slash at its end."""
    return (
        f"{origin}{NEWER_PAGE_PATH}?paymentId={payment_id}&hash={page_hash}!{epoch_ms}"
        f"&mode={mode}&apiVersion={VERSION}/"
    )


def parse_page_query(query: bytes) -> PageQuery:
    """Read the query of a customer page's address, also in the spelling of 2025."""
    fields = parse_qs(query.decode("latin-1"))
    payment_id = fields.get("paymentID") or fields.get("paymentId") or [""]
    page_hash = fields.get("hash") or [""]
    return PageQuery(payment_id=payment_id[0], page_hash=page_hash[0].partition("!")[0])


def callback_link(url: str, *, payment_id: str, status: str, mode: str, form: CallbackForm) -> str:
    """Return a callback URL as create announces it, the outcome joined to it."""
    middle = f"&execute={_executed(mode)}" if form is CallbackForm.EXECUTE else ""
    return _join(url, f"paymentID={payment_id}{middle}&status={status}")


def return_link(
    url: str, *, payment_id: str, status: str, mode: str, form: CallbackForm, signature: str
) -> str:
    """Return where the shopper's browser is sent, fit for a header: all of it ASCII."""
    outcome = f"paymentID={payment_id}"
    if form is CallbackForm.SIGNED:
        signed = quote(signature, safe="")
        outcome = (
            f"version={VERSION}&product={_PRODUCT}&{outcome}&status={status}&signature={signed}"
        )
    else:
        middle = f"&execute={_executed(mode)}" if form is CallbackForm.EXECUTE else ""
        outcome = f"{outcome}{middle}&status={status}&apiVersion={VERSION[1:]}"
    return quote(_join(url, outcome), safe=_SAFE)


def _executed(mode: str) -> str:
    return "Agreement" if mode == AGREEMENT else "Payment"


def _join(url: str, outcome: str) -> str:
    head, mark, fragment = url.partition("#")
    joint = "?" if "?" not in head else "" if head[-1] in "?&" else "&"
    return f"{head}{joint}{outcome}{mark}{fragment}"
