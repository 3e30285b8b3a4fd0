"""Execute: the one call that moves money or puts it on hold, at most once per payment."""

from functools import partial
from typing import Final

from mock_bkash.agreement import Agreement, AgreementState
from mock_bkash.identifier import Identifiers
from mock_bkash.ledger import Capture
from mock_bkash.magic import TRANSIENT_CODES, Step, next_refusal
from mock_bkash.operation.asked import PaymentRequest
from mock_bkash.operation.outcome import Done, Outcome, Refusal, Sight, Task
from mock_bkash.operation.work import Inbound
from mock_bkash.payment import (
    AGREEMENT,
    AUTHORIZATION,
    BY_AGREEMENT,
    Move,
    Payment,
    PaymentState,
)
from mock_bkash.tenant import Tenant

__all__ = ["ExecutePayment", "capture"]

_AGREEMENT_OPERATION: Final = "execute_agreement"

_EXECUTED: Final = frozenset({PaymentState.COMPLETED, PaymentState.AUTHORIZED, PaymentState.VOIDED})

_DONE_ALREADY: Final = frozenset({"2062", "2068", "2116", "2117"})
"""Codes that are true only once the money has moved."""


class ExecutePayment:
    """Serve execute, of payments and of agreements."""

    name = "execute_payment"

    def __init__(self, *, identifiers: Identifiers, not_approved_code: str) -> None:
        """Take the code for a payment that its shopper has not approved yet."""
        self._identifiers = identifiers
        self._not_approved_code = not_approved_code

    def prepare(self, tenant: Tenant, body: PaymentRequest, inbound: Inbound) -> Task[Sight]:
        """Find the payment; its state is judged when the work is done, not on arrival."""
        payment_id = body.payment_id
        if payment_id is None:
            return Task("", partial(Refusal, "2065"))
        payment = tenant.payments.get(payment_id)
        if payment is None:
            return Task(payment_id, partial(Refusal, "2002"))
        late = payment.state in _EXECUTED
        if payment.mode == AGREEMENT:
            doing = partial(self._execute, tenant, payment, late)
            return Task(payment.payer_reference, doing, _AGREEMENT_OPERATION)
        return Task(payment.invoice, partial(self._execute, tenant, payment, late))

    def _execute(self, tenant: Tenant, payment: Payment, late: bool) -> Outcome[Sight]:
        # Nothing here waits, so of any number of executes under way one comes first and the others
        # find the payment completed. bKash has a code for either loser.
        now_ms = tenant.clock.epoch_ms()
        payment.age(now_ms)
        if payment.state is not PaymentState.APPROVED:
            return Refusal(self._untimely(payment, late=late), payment)
        code = self._objection(tenant, payment, now_ms)
        if code is not None and code not in _DONE_ALREADY:
            if code not in TRANSIENT_CODES:
                payment.decline(code)
            return Refusal(code, payment)
        done = self._carry_out(tenant, payment, now_ms)
        return Done(done, payment) if code is None else Refusal(code, payment)

    def _untimely(self, payment: Payment, *, late: bool) -> str:
        agreement = payment.mode == AGREEMENT
        if payment.state in _EXECUTED:
            return "2116" if agreement else "2062" if late else "2117"
        if payment.state is PaymentState.INITIATED:
            return "2054" if agreement else self._not_approved_code
        return "2055" if agreement else "2056"

    def _objection(self, tenant: Tenant, payment: Payment, now_ms: int) -> str | None:
        code = next_refusal(payment, Step.EXECUTE)
        if code is not None:
            return code
        if payment.mode == BY_AGREEMENT:
            agreement = tenant.agreements.find(payment.agreement_id)
            if agreement is None or agreement.state is AgreementState.CANCELLED:
                return "2055"
        if payment.by_shopper and payment.amount_poisha:
            wallet = payment.wallet
            if tenant.duplicates.forbids(payment, wallet=wallet, now_ms=now_ms):
                return "2029"
        return None

    def _carry_out(self, tenant: Tenant, payment: Payment, now_ms: int) -> Sight:
        payment.executed_ms = now_ms
        if payment.mode == AGREEMENT:
            return self._agree(tenant, payment)
        payment.trx_id = self._identifiers.trx_id()
        if payment.intent == AUTHORIZATION:
            payment.make(Move.AUTHORIZE)
            tenant.ledger.hold(payment_id=payment.payment_id, trx_id=payment.trx_id)
        else:
            payment.make(Move.EXECUTE)
            capture(tenant, payment, now_ms=now_ms)
        tenant.duplicates.note(payment)
        return Sight(payment, None)

    def _agree(self, tenant: Tenant, payment: Payment) -> Sight:
        payment.make(Move.EXECUTE)
        payment.agreement_id = self._identifiers.agreement_id(epoch_ms=payment.executed_ms)
        agreement = Agreement(
            agreement_id=payment.agreement_id,
            payment_id=payment.payment_id,
            payer_reference=payment.payer_reference,
            wallet=payment.wallet,
            by_shopper=payment.by_shopper,
            created_ms=payment.created_ms,
            executed_ms=payment.executed_ms,
        )
        tenant.agreements.add(agreement)
        return Sight(payment, agreement)


def capture(tenant: Tenant, payment: Payment, *, now_ms: int) -> None:
    """Book the money of a payment that has just been completed."""
    tenant.ledger.add(
        Capture(
            payment_id=payment.payment_id,
            trx_id=payment.trx_id,
            amount_poisha=payment.amount_poisha,
            currency=payment.currency,
            invoice=payment.invoice,
            captured_ms=now_ms,
        )
    )
