"""Refund: money back to the shopper, and how refunds of a payment stand."""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from mock_bkash.identifier import Identifiers
from mock_bkash.ledger import Refund
from mock_bkash.magic import Step, next_refusal
from mock_bkash.money import parse_taka
from mock_bkash.operation.asked import RefundRequest, RefundStatusRequest
from mock_bkash.operation.outcome import (
    Done,
    Outcome,
    Refunded,
    RefundHistory,
    Refusal,
    Task,
)
from mock_bkash.operation.refund_terms import RefundTerms, check_texts
from mock_bkash.operation.work import Inbound
from mock_bkash.payment import AGREEMENT, Payment, PaymentState
from mock_bkash.tenant import Tenant

__all__ = ["RefundPayment", "RefundStatus"]

Result = TypeVar("Result")

_STATUS_OPERATION: Final = "refund_status"


class RefundPayment:
    """Serve refund; where the request asks for it, tell how the last one stands instead."""

    name = "refund_payment"

    def __init__(self, *, identifiers: Identifiers, terms: RefundTerms) -> None:
        self._identifiers = identifiers
        self._terms = terms

    def prepare(self, tenant: Tenant, body: RefundRequest, inbound: Inbound) -> Task[Refunded]:
        """Find the payment; its state is judged when the work is done."""
        if body.asks_status:
            return _find(tenant, body, partial(_last, tenant), _STATUS_OPERATION)
        amount_text = body.amount_text()
        if amount_text is None or body.sku is None or body.reason is None:
            return Task("", partial(Refusal, "2065"))
        sku, reason = str(body.sku), body.reason
        code = check_texts(amount_text=amount_text, sku=sku, reason=reason)
        if code is not None:
            return Task(body.payment_id or "", partial(Refusal, code))
        refunding = partial(self._refund, tenant, amount_text, sku, reason)
        return _find(tenant, body, refunding)

    def _refund(
        self, tenant: Tenant, amount_text: str, sku: str, reason: str, payment: Payment, trx_id: str
    ) -> Outcome[Refunded]:
        amount_poisha = parse_taka(amount_text) or 0
        now_ms = tenant.clock.epoch_ms()
        code = _object(payment, trx_id) or next_refusal(payment, Step.REFUND)
        if code is None:
            code = self._terms.judge(
                amount_poisha,
                tenant.ledger.refunds_of(payment.payment_id),
                captured_poisha=payment.amount_poisha,
                age_ms=now_ms - (payment.settled_ms or payment.executed_ms),
                now_ms=now_ms,
            )
        if code is not None:
            return Refusal(code, payment)
        refund = Refund(
            payment_id=payment.payment_id,
            refund_trx_id=self._identifiers.trx_id(),
            amount_text=amount_text,
            amount_poisha=amount_poisha,
            sku=sku,
            reason=reason,
            refunded_ms=now_ms,
        )
        tenant.ledger.add_refund(refund)
        return Done(Refunded(payment, refund), payment)


class RefundStatus:
    """Serve refund status where it has a path of its own."""

    name = _STATUS_OPERATION

    def __init__(self, *, mismatch_code: str) -> None:
        """Take the code for a transaction that is not the payment's."""
        self._mismatch_code = mismatch_code

    def prepare(
        self, tenant: Tenant, body: RefundStatusRequest, inbound: Inbound
    ) -> Task[RefundHistory]:
        """Find the payment; the answer tells its refunds when the work is done."""
        return _find(tenant, body, partial(self._status, tenant))

    def _status(self, tenant: Tenant, payment: Payment, trx_id: str) -> Outcome[RefundHistory]:
        code = _object(payment, trx_id, mismatch_code=self._mismatch_code)
        code = code or next_refusal(payment, Step.REFUND_STATUS)
        if code is not None:
            return Refusal(code, payment)
        return Done(RefundHistory(payment, tenant.ledger.refunds_of(payment.payment_id)), payment)


def _find(
    tenant: Tenant,
    body: RefundStatusRequest,
    act: Callable[[Payment, str], Outcome[Result]],
    name: str = "",
) -> Task[Result]:
    if body.payment_id is None or body.trx_id is None:
        return Task("", partial(Refusal, "2065"), name)
    payment = tenant.payments.get(body.payment_id)
    if payment is None:
        return Task(body.payment_id, partial(Refusal, "2002"), name)
    return Task(payment.invoice, partial(act, payment, body.trx_id), name)


def _object(payment: Payment, trx_id: str, *, mismatch_code: str = "2077") -> str | None:
    if payment.mode == AGREEMENT or payment.state is not PaymentState.COMPLETED:
        return "2127"
    return None if payment.trx_id == trx_id else mismatch_code


def _last(tenant: Tenant, payment: Payment, trx_id: str) -> Outcome[Refunded]:
    refunds = tenant.ledger.refunds_of(payment.payment_id)
    code = _object(payment, trx_id) or next_refusal(payment, Step.REFUND_STATUS)
    if code is not None or not refunds:
        # bKash's own plugin takes the answer "Invalid Payment ID" to mean: not refunded.
        return Refusal(code or "2002", payment)
    return Done(Refunded(payment, refunds[-1]), payment)
