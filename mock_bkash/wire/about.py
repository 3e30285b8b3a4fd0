"""What a request is about, read loosely: for whoever selects calls and does not serve them.

It takes any dialect and any body, and finds nothing where there is nothing to be found.
"""

from msgspec import DecodeError, Struct
from msgspec.json import decode

__all__ = ["About", "read_about"]

MAX_LENGTH = 255
"""As long as the longest of bKash's own; anything longer names nothing."""


class About(Struct, frozen=True):
    """Hold what a body names; "" where it does not.

    Attributes:
        payment_id: bKash's id of the payment.
        invoice: the merchant's number.
        payer_reference: the merchant's name for the shopper, often the wallet.
    """

    payment_id: str = ""
    invoice: str = ""
    payer_reference: str = ""


_NOTHING = About()


def read_about(body: bytes) -> About:
    """Return what a request's body names."""
    try:
        fields = decode(body)
    except (DecodeError, RecursionError, UnicodeDecodeError):
        return _NOTHING
    if not isinstance(fields, dict):
        return _NOTHING
    return About(
        payment_id=_text(fields.get("paymentID") or fields.get("paymentId")),
        invoice=_text(fields.get("merchantInvoiceNumber")),
        payer_reference=_text(fields.get("payerReference")),
    )


def _text(value: object) -> str:
    # Clients write invoices and references as numbers, too.
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value)
    return text if len(text) <= MAX_LENGTH else ""
