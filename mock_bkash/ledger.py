"""Where money moved: captures, refunds and money on hold, in integer poisha.

The ledger is the truth that audits compare a merchant's books with. Its sums are exact for ever;
single entries are kept for as long as their payment is.
"""

from collections.abc import Sequence

from msgspec import Struct

__all__ = ["Capture", "Ledger", "Refund"]


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


class Refund(Struct, frozen=True, gc=False, kw_only=True):
    """Hold one movement of money back to the shopper.

    Attributes:
        payment_id: of the payment that is given back.
        refund_trx_id: bKash's id of the refund.
        amount_text, amount_poisha: how much; as the merchant wrote it, and exact.
        sku, reason: as the merchant sent them.
        refunded_ms: modelled time, ms since 1970 UTC.
    """

    payment_id: str
    refund_trx_id: str
    amount_text: str
    amount_poisha: int
    sku: str
    reason: str
    refunded_ms: int


class Ledger:
    """Keep the movements of money of one app key.

    Attributes:
        captured_poisha, refunded_poisha: exact sums since the beginning.
        forgotten: captures that are in the sums and no longer kept.
    """

    __slots__ = (
        "_captures",
        "_payment_ids",
        "_refunds",
        "captured_poisha",
        "forgotten",
        "refunded_poisha",
    )

    def __init__(self) -> None:
        self.captured_poisha = 0
        self.refunded_poisha = 0
        self.forgotten = 0
        self._captures: dict[str, Capture] = {}
        self._refunds: dict[str, list[Refund]] = {}
        self._payment_ids: dict[str, str] = {}

    def hold(self, *, payment_id: str, trx_id: str) -> None:
        """Note a transaction that holds money and moves none."""
        self._payment_ids[trx_id] = payment_id

    def add(self, capture: Capture) -> None:
        """Book a capture; a payment has one at most."""
        assert capture.payment_id not in self._captures, "a payment is captured once"
        self._captures[capture.payment_id] = capture
        self._payment_ids[capture.trx_id] = capture.payment_id
        self.captured_poisha += capture.amount_poisha

    def add_refund(self, refund: Refund) -> None:
        """Book a refund of a captured payment."""
        self._refunds.setdefault(refund.payment_id, []).append(refund)
        self._payment_ids[refund.refund_trx_id] = refund.payment_id
        self.refunded_poisha += refund.amount_poisha

    def payment_of(self, trx_id: str) -> str | None:
        """Return the id of the payment that a transaction belongs to, or None."""
        return self._payment_ids.get(trx_id)

    def capture_of(self, payment_id: str) -> Capture | None:
        """Return the capture of a payment, or None."""
        return self._captures.get(payment_id)

    def refunds_of(self, payment_id: str) -> Sequence[Refund]:
        """Return the refunds of a payment, oldest first."""
        return self._refunds.get(payment_id, ())

    def refundable_poisha(self, payment_id: str) -> int:
        """Return how much of a payment was captured and not given back."""
        capture = self._captures.get(payment_id)
        if capture is None:
            return 0
        return capture.amount_poisha - sum(r.amount_poisha for r in self.refunds_of(payment_id))

    def forget(self, payment_id: str, *, trx_id: str, audited: bool = False) -> None:
        """Drop the entries of a payment and keep their sums; `trx_id` is its own, or "".

        Those that were audited are missed by nobody and do not count as forgotten.
        """
        self._payment_ids.pop(trx_id, None)
        for refund in self._refunds.pop(payment_id, ()):
            del self._payment_ids[refund.refund_trx_id]
        if self._captures.pop(payment_id, None) is not None and not audited:
            self.forgotten += 1

    @property
    def captures(self) -> tuple[Capture, ...]:
        """Return the captures that are kept, oldest first."""
        return tuple(self._captures.values())

    @property
    def refunds(self) -> tuple[Refund, ...]:
        """Return the refunds that are kept, by payment."""
        return tuple(refund for refunds in self._refunds.values() for refund in refunds)
