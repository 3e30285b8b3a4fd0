"""Addresses: where the calls are, where the customer page is, where the shopper is sent back to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, quote

__all__ = [
    "MODE_CHECKOUT",
    "PAGE_PATH",
    "PATHS",
    "VERSION",
    "PageQuery",
    "callback_link",
    "page_link",
    "parse_page_query",
    "return_link",
]

VERSION: Final = "v1.2.0-beta"
MODE_CHECKOUT: Final = "0011"
"""Checkout by URL, without an agreement."""

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
}
"""Operation by path."""

PAGE_PATH: Final = "/redirect/tokenized/"
"""Path of the customer page."""

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


def parse_page_query(query: bytes) -> PageQuery:
    """Read the query of a customer page's address, also in the spelling of 2025."""
    fields = parse_qs(query.decode("latin-1"))
    payment_id = fields.get("paymentID") or fields.get("paymentId") or [""]
    page_hash = fields.get("hash") or [""]
    return PageQuery(payment_id=payment_id[0], page_hash=page_hash[0].partition("!")[0])


def callback_link(url: str, *, payment_id: str, status: str) -> str:
    """Return a callback URL with the outcome joined to it, before any fragment."""
    head, mark, fragment = url.partition("#")
    return f"{head}{_joint(head)}paymentID={payment_id}&status={status}{mark}{fragment}"


def return_link(url: str, *, payment_id: str, status: str) -> str:
    """Return where the shopper's browser is sent, fit for a header: all of it ASCII.

    The version is added as in the callbacks of 2020 and 2023.
    """
    head, mark, fragment = callback_link(url, payment_id=payment_id, status=status).partition("#")
    return quote(f"{head}&apiVersion={VERSION[1:]}{mark}{fragment}", safe=_SAFE)


def _joint(url: str) -> str:
    if "?" not in url:
        return "?"
    return "" if url[-1] in "?&" else "&"
