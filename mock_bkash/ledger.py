"""Where money moved: one capture per completed payment, in integer poisha.

The ledger is the truth that audits compare a merchant's books with. It only grows.
"""

from msgspec import Struct

__all__ = ["Capture", "Ledger"]


class Capture(Struct, frozen=True, gc=False, kw_only=True):
    """Hold one movement of money from a shopper to the merchant.

    Attributes:
        payment_id, trx_id: bKash's ids.
        amount_poisha, currency, invoice: as the payment was created.
        captured_ms: modelled time, ms since 1970 UTC.
    """

    payment_id: str
    trx_id: str
    amount_poisha: int
    currency: str
    invoice: str
    captured_ms: int


class Ledger:
    """Keep the captures of one app key, in the order in which they happened."""

    __slots__ = ("_by_trx_id", "_captures")

    def __init__(self) -> None:
        self._captures: list[Capture] = []
        self._by_trx_id: dict[str, Capture] = {}

    def add(self, capture: Capture) -> None:
        """Book a capture."""
        self._captures.append(capture)
        self._by_trx_id[capture.trx_id] = capture

    def find(self, trx_id: str) -> Capture | None:
        """Return the capture of a transaction, or None."""
        return self._by_trx_id.get(trx_id)

    @property
    def captures(self) -> tuple[Capture, ...]:
        """Return all captures, oldest first."""
        return tuple(self._captures)
