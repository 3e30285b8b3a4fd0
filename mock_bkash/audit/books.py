"""The ledger and the views, laid side by side so that the invariants can be read off them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from mock_bkash.audit.view import AgreementView, AuditRequest, MerchantPayment, PayerView
from mock_bkash.ledger import Capture, Refund

__all__ = ["Books", "Truth"]


class Truth(Struct, frozen=True, kw_only=True):
    """Hold what the gateway knows.

    Attributes:
        captures, refunds: the ledger.
        created_s_ago: modelled seconds since the gateway created a payment, by payment id.
        payment_states: where payments stand, by payment id.
        agreement_states: where agreements stand, by agreement id.
        forgotten: captures that are not among them any more.
    """

    captures: Sequence[Capture] = ()
    refunds: Sequence[Refund] = ()
    created_s_ago: Mapping[str, float] = {}
    payment_states: Mapping[str, str] = {}
    agreement_states: Mapping[str, str] = {}
    forgotten: int = 0


class Books:
    """Hold what an audit compares.

    Attributes:
        truth: what the gateway knows.
        captures: the ledger.
        payments: the merchant's books, or None.
        agreements: the merchant's agreements.
        payer: what shoppers were shown.
        captures_of: captures by payment id.
        refunded_of: money given back by payment id, in poisha.
        payments_of: the merchant's payments by payment id.
        horizon_s, machine: as in `AuditRequest`.
    """

    __slots__ = (
        "agreements",
        "captures",
        "captures_of",
        "horizon_s",
        "machine",
        "payer",
        "payments",
        "payments_of",
        "refunded_of",
        "truth",
    )

    def __init__(self, request: AuditRequest, truth: Truth) -> None:
        self.truth = truth
        self.captures = truth.captures
        self.agreements: Sequence[AgreementView] = request.agreements
        self.payments: Sequence[MerchantPayment] | None = request.payments
        self.payer: Sequence[PayerView] = request.payer
        self.horizon_s = request.horizon_s
        self.machine = request.machine
        self.captures_of: dict[str, list[Capture]] = defaultdict(list)
        self.payments_of: dict[str, list[MerchantPayment]] = defaultdict(list)
        for capture in self.captures:
            self.captures_of[capture.payment_id].append(capture)
        self.refunded_of: dict[str, int] = defaultdict(int)
        for refund in truth.refunds:
            self.refunded_of[refund.payment_id] += refund.amount_poisha
        for payment in self.payments or ():
            if payment.payment_id is not None:
                self.payments_of[payment.payment_id].append(payment)

    def captured_poisha(self, payment: MerchantPayment) -> int:
        """Return how much money a merchant's payment moved at bKash."""
        return self.captured_of(payment.payment_id or "")

    def captured_of(self, payment_id: str) -> int:
        """Return how much money moved under a payment id."""
        return sum(capture.amount_poisha for capture in self.captures_of.get(payment_id, ()))

    def age_s(self, payment: MerchantPayment) -> float | None:
        """Return how old a payment is in modelled seconds; None where nobody knows."""
        if isinstance(payment.age_s, float):
            return payment.age_s
        return self.truth.created_s_ago.get(payment.payment_id or "")
