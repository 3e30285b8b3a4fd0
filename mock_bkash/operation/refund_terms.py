"""On what terms bKash gives money back; the two versions of its refund differ in nothing else.

Sources: bKash's plugin for WooCommerce (v1: once, within 15 days), refund v2's documentation as
several clients quote it (ten partial refunds, 60 days, no equal one within ten minutes). Which code
an equal one or one too many gets is published nowhere.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from mock_bkash.ledger import Refund
from mock_bkash.money import parse_taka

__all__ = ["REFUND_V1", "REFUND_V2", "RefundTerms", "check_texts"]

MAX_TEXT_LENGTH: Final = 255
"""bKash's limit for sku and reason."""

REPEAT_WINDOW_MS: Final = 10 * 60 * 1000
"""Within this time an equal refund of the same payment is taken for a repetition."""

_DAY_MS: Final = 24 * 3600 * 1000


class RefundTerms(Struct, frozen=True, kw_only=True):
    """Hold the terms.

    Attributes:
        most: refunds of one payment.
        window_ms: from the payment to its last refund.
        exhausted_code: for one refund more than allowed.
    """

    most: int
    window_ms: int
    exhausted_code: str

    def judge(
        self,
        amount_poisha: int,
        refunds: Sequence[Refund],
        *,
        captured_poisha: int,
        age_ms: int,
        now_ms: int,
    ) -> str | None:
        """Return the code with which a refund is refused, or None.

        `refunds` are those of the payment so far, `age_ms` is how long ago it was captured.
        """
        if age_ms > self.window_ms:
            return "2071"
        if len(refunds) >= self.most:
            return self.exhausted_code
        if amount_poisha + sum(r.amount_poisha for r in refunds) > captured_poisha:
            return "2072"
        repeated = any(
            r.amount_poisha == amount_poisha and now_ms - r.refunded_ms < REPEAT_WINDOW_MS
            for r in refunds
        )
        return "2029" if repeated else None


REFUND_V1: Final = RefundTerms(most=1, window_ms=15 * _DAY_MS, exhausted_code="2034")
REFUND_V2: Final = RefundTerms(most=10, window_ms=60 * _DAY_MS, exhausted_code="2074")


def check_texts(*, amount_text: str, sku: str, reason: str) -> str | None:
    """Return the code for the first text that is wrong in itself, or None."""
    if not sku.strip():
        return "2073"
    if len(sku) > MAX_TEXT_LENGTH:
        return "2075"
    if not reason.strip():
        return "2078"
    if len(reason) > MAX_TEXT_LENGTH:
        return "2076"
    return None if parse_taka(amount_text) else "2072"
