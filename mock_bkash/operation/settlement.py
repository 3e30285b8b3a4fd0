"""Capture and void: what becomes of the money that an authorization put on hold."""

from functools import partial

from mock_bkash.magic import Step, next_refusal
from mock_bkash.operation.asked import PaymentRequest
from mock_bkash.operation.execute import capture
from mock_bkash.operation.outcome import Done, Outcome, Refusal, Task
from mock_bkash.operation.work import Inbound
from mock_bkash.payment import AUTHORIZATION, Move, Payment, PaymentState
from mock_bkash.tenant import Tenant

__all__ = ["SettleAuthorization"]


class SettleAuthorization:
    """Serve capture, or void."""

    def __init__(self, move: Move) -> None:
        """Take which of the two: `Move.CAPTURE` or `Move.VOID`."""
        self._move = move
        self._step = Step.CAPTURE if move is Move.CAPTURE else Step.VOID

    @property
    def name(self) -> str:
        """Return its name in profiles and journals."""
        return f"{self._move}_payment"

    def prepare(self, tenant: Tenant, body: PaymentRequest, inbound: Inbound) -> Task[Payment]:
        """Find the payment; its state is judged when the work is done."""
        payment_id = body.payment_id
        if payment_id is None:
            return Task("", partial(Refusal, "2065"))
        payment = tenant.payments.get(payment_id)
        if payment is None:
            return Task(payment_id, partial(Refusal, "2002"))
        return Task(payment.invoice, partial(self._settle, tenant, payment))

    def _settle(self, tenant: Tenant, payment: Payment) -> Outcome[Payment]:
        if payment.state is not PaymentState.AUTHORIZED:
            processed = payment.intent == AUTHORIZATION and bool(payment.settled_ms)
            return Refusal("2119" if processed else "2056", payment)
        code = next_refusal(payment, self._step)
        if code is not None:
            return Refusal(code, payment)
        payment.make(self._move)
        payment.settled_ms = tenant.clock.epoch_ms()
        if self._move is Move.CAPTURE:
            capture(tenant, payment, now_ms=payment.settled_ms)
        return Done(payment, payment)
