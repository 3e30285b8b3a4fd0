"""The ledger and the views, laid side by side so that the invariants can be read off them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mock_bkash.audit.view import AuditRequest, MerchantPayment, PayerView
from mock_bkash.ledger import Capture

__all__ = ["Books"]


class Books:
    """Hold what an audit compares.

    Attributes:
        captures: the ledger.
        payments: the merchant's books, or None.
        payer: what shoppers were shown.
        captures_of: captures by payment id.
        payments_of: the merchant's payments by payment id.
        created_s_ago: modelled seconds since the gateway created a payment, by payment id.
        horizon_s, machine: as in `AuditRequest`.
    """

    __slots__ = (
        "captures",
        "captures_of",
        "created_s_ago",
        "horizon_s",
        "machine",
        "payer",
        "payments",
        "payments_of",
    )

    def __init__(
        self,
        request: AuditRequest,
        *,
        captures: Iterable[Capture],
        created_s_ago: Mapping[str, float],
    ) -> None:
        self.captures: Sequence[Capture] = tuple(captures)
        self.payments: Sequence[MerchantPayment] | None = request.payments
        self.payer: Sequence[PayerView] = request.payer
        self.created_s_ago = created_s_ago
        self.horizon_s = request.horizon_s
        self.machine = request.machine
        self.captures_of: dict[str, list[Capture]] = defaultdict(list)
        self.payments_of: dict[str, list[MerchantPayment]] = defaultdict(list)
        for capture in self.captures:
            self.captures_of[capture.payment_id].append(capture)
        for payment in self.payments or ():
            if payment.payment_id is not None:
                self.payments_of[payment.payment_id].append(payment)

    def captured_poisha(self, payment: MerchantPayment) -> int:
        """Return how much money a merchant's payment moved at bKash."""
        captures = self.captures_of.get(payment.payment_id or "", ())
        return sum(capture.amount_poisha for capture in captures)

    def age_s(self, payment: MerchantPayment) -> float | None:
        """Return how old a payment is in modelled seconds; None where nobody knows."""
        if isinstance(payment.age_s, float):
            return payment.age_s
        return self.created_s_ago.get(payment.payment_id or "")
