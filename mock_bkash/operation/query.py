"""Query: what became of a payment."""

from functools import partial
from typing import Final

from mock_bkash.magic import Step, next_refusal
from mock_bkash.operation.asked import PaymentRequest
from mock_bkash.operation.outcome import Done, Outcome, Refusal, Sight, Task
from mock_bkash.operation.work import Inbound
from mock_bkash.payment import AGREEMENT, Payment
from mock_bkash.tenant import Tenant

__all__ = ["QueryPayment"]

_AGREEMENT_OPERATION: Final = "query_agreement"


class QueryPayment:
    """Serve query, of payments and of what asks for an agreement."""

    name = "query_payment"

    def prepare(self, tenant: Tenant, body: PaymentRequest, inbound: Inbound) -> Task[Sight]:
        """Find the payment; the answer tells its state when the work is done."""
        payment_id = body.payment_id
        if payment_id is None:
            return Task("", partial(Refusal, "2065"))
        payment = tenant.payments.get(payment_id)
        if payment is None:
            return Task(payment_id, partial(Refusal, "2002"))
        if payment.mode == AGREEMENT:
            looking = partial(_query, tenant, payment)
            return Task(payment.payer_reference, looking, _AGREEMENT_OPERATION)
        return Task(payment.invoice, partial(_query, tenant, payment))


def _query(tenant: Tenant, payment: Payment) -> Outcome[Sight]:
    payment.age(tenant.clock.epoch_ms())
    code = next_refusal(payment, Step.QUERY)
    if code is not None:
        return Refusal(code, payment)
    agreement = tenant.agreements.find(payment.agreement_id) if payment.agreement_id else None
    return Done(Sight(payment, agreement), payment)
