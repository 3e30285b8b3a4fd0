"""Query: what became of a payment."""

from functools import partial

from mock_bkash.operation.work import Answer, Inbound, Work, refusal
from mock_bkash.payment import Payment
from mock_bkash.tenant import Tenant
from mock_bkash.wire import SUCCESSFUL
from mock_bkash.wire.tokenized import PaymentBody, write_queried

__all__ = ["QueryPayment"]


class QueryPayment:
    """Serve query."""

    name = "query_payment"

    def prepare(self, tenant: Tenant, body: PaymentBody, inbound: Inbound) -> Work:
        """Find the payment; the answer tells its state when the work is done."""
        if body.payment_id is None:
            return Work(tenant, "", partial(refusal, "2065"))
        payment = tenant.payments.get(body.payment_id)
        if payment is None:
            return Work(tenant, body.payment_id, partial(refusal, "2002"))
        return Work(tenant, payment.invoice, partial(_query, payment))


def _query(payment: Payment) -> Answer:
    return Answer(200, write_queried(payment), SUCCESSFUL, payment)
