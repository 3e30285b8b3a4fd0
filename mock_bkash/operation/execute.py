"""Execute: the one call that moves money, at most once per payment."""

from functools import partial

from mock_bkash.identifier import Identifiers
from mock_bkash.ledger import Capture
from mock_bkash.operation.work import Answer, Inbound, Work, refusal
from mock_bkash.payment import Move, Payment, PaymentState
from mock_bkash.tenant import Tenant
from mock_bkash.wire import SUCCESSFUL
from mock_bkash.wire.tokenized import PaymentBody, write_executed

__all__ = ["ExecutePayment"]


class ExecutePayment:
    """Serve execute."""

    name = "execute_payment"

    def __init__(self, *, identifiers: Identifiers) -> None:
        self._identifiers = identifiers

    def prepare(self, tenant: Tenant, body: PaymentBody, inbound: Inbound) -> Work:
        """Find the payment; its state is judged when the work is done, not on arrival."""
        if body.payment_id is None:
            return Work(tenant, "", partial(refusal, "2065"))
        payment = tenant.payments.get(body.payment_id)
        if payment is None:
            return Work(tenant, body.payment_id, partial(refusal, "2002"))
        late = payment.state is PaymentState.COMPLETED
        return Work(tenant, payment.invoice, partial(self._execute, tenant, payment, late))

    def _execute(self, tenant: Tenant, payment: Payment, late: bool) -> Answer:
        # Nothing here waits, so of any number of executes under way one comes first and the others
        # find the payment completed. bKash has a code for either loser.
        if payment.state is PaymentState.COMPLETED:
            return refusal("2062" if late else "2117", payment)
        if payment.state is not PaymentState.APPROVED:
            return refusal("2056", payment)
        payment.make(Move.EXECUTE)
        payment.trx_id = self._identifiers.trx_id()
        payment.executed_ms = tenant.clock.epoch_ms()
        tenant.ledger.add(
            Capture(
                payment_id=payment.payment_id,
                trx_id=payment.trx_id,
                amount_poisha=payment.amount_poisha,
                currency=payment.currency,
                invoice=payment.invoice,
                captured_ms=payment.executed_ms,
            )
        )
        return Answer(200, write_executed(payment), SUCCESSFUL, payment)
