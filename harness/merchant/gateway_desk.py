"""Where the checkout talks to bKash: payments go in, what it means for our books comes out."""

import logging

from harness.client import (
    Completed,
    CreatedPayment,
    Deadline,
    Declined,
    Order,
    PaymentClient,
    Terms,
    TransactionStatus,
)
from harness.errors import GatewayProtocolError, NotSent, OutcomeUnknown, PaymentError, Refused
from harness.merchant.callback_state import CallbackState, StateSigner
from harness.merchant.rejection import Reason, Rejection
from harness.merchant.store import Outcome, Payment, PaymentState, Store, StoreUnavailable
from harness.stages import Stage

__all__ = ["CALLBACK_PATH", "GatewayDesk"]

_LOG = logging.getLogger(__name__)

CALLBACK_PATH = "/api/bkash/callback"

_NO_MONEY_MOVED = frozenset(
    {TransactionStatus.CANCELLED, TransactionStatus.DECLINED, TransactionStatus.EXPIRED}
)


class GatewayDesk:
    """Carry payments to bKash and back."""

    def __init__(
        self, *, client: PaymentClient, store: Store, signer: StateSigner, public_url: str
    ) -> None:
        self._client = client
        self._store = store
        self._signer = signer
        self._callback_url = f"{public_url.rstrip('/')}{CALLBACK_PATH}"

    def deadline(self) -> Deadline | None:
        """Return the deadline of a request that begins now, None where the variant has none."""
        return self._client.deadline()

    async def create(self, payment: Payment, *, deadline: Deadline | None) -> CreatedPayment:
        """Have bKash create a payment; close its row if it does not.

        Raises:
            Rejection: bKash refused, or was not reached, or not understood.
            StoreUnavailable: the database did not answer.
        """
        state = CallbackState(payment.ref, user_id=payment.user_id, course_id=payment.course_id)
        order = Order(
            terms=_terms(payment),
            callback_url=f"{self._callback_url}?ref={self._signer.sign(state)}",
            payer_reference=str(payment.user_id),
        )
        try:
            return await self._client.create(order, deadline=deadline)
        except PaymentError as error:
            rejection = _explain(error)
            refused = rejection.reason is Reason.GATEWAY_REFUSED
            # A create whose answer is lost may have made a payment, but nobody has its address:
            # it cannot be approved, and is not executed.
            end = PaymentState.DECLINED if refused else PaymentState.ABANDONED
            _LOG.warning("create of %s failed: %s", payment.ref, error)
            outcome = Outcome(end, reason=rejection.message)
            await self._store.update_payment(ref=payment.ref, outcome=outcome)
            raise rejection from error

    async def execute(self, payment: Payment, *, deadline: Deadline | None) -> Outcome:
        """Execute a claimed payment and say what that means for its row; raises nothing."""
        payment_id = _named(payment)
        try:
            result = await self._client.execute(
                payment_id, terms=_terms(payment), deadline=deadline
            )
        except NotSent as error:
            _LOG.warning("execute of %s was not sent: %s", payment.ref, error)
            return Outcome(PaymentState.CREATED, reason="bKash could not be reached.")
        except (PaymentError, StoreUnavailable) as error:
            # The store keeps tokens, and may fail before or after the execute left.
            _LOG.warning("execute of %s has no known outcome: %s", payment.ref, error)
            return Outcome(PaymentState.PENDING)
        if isinstance(result, Completed):
            return Outcome(PaymentState.PAID, trx_id=result.trx_id)
        if isinstance(result, Declined):
            return Outcome(PaymentState.DECLINED, reason=_quote(result.status_message))
        _LOG.warning("execute of %s has no known outcome: %s", payment.ref, result.reason)
        return Outcome(PaymentState.PENDING)

    async def ask(self, payment: Payment) -> Outcome | None:
        """Ask bKash how an executed payment ended; None where that is not known yet.

        Raises:
            PaymentError: there is no answer, or (`GatewayProtocolError`) one that contradicts the
                payment.
        """
        status = await self._client.query(_named(payment), terms=_terms(payment))
        if status.status is TransactionStatus.COMPLETED:
            return Outcome(PaymentState.PAID, trx_id=status.trx_id)
        if status.status in _NO_MONEY_MOVED:
            return Outcome(PaymentState.DECLINED, reason=_quote(status.status.value))
        return None

    async def knows(self, payment: Payment, *, payment_id: str) -> bool:
        """Ask bKash whether a paymentID is that of our payment.

        Raises:
            Rejection: bKash did not answer.
        """
        try:
            status = await self._client.query(payment_id, terms=_terms(payment))
        except (Refused, GatewayProtocolError):
            return False
        except PaymentError as error:
            raise _explain(error) from error
        return status.invoice == payment.ref


def _terms(payment: Payment) -> Terms:
    return Terms(amount_poisha=payment.amount_poisha, invoice=payment.ref)


def _named(payment: Payment) -> str:
    assert payment.payment_id is not None, f"payment {payment.ref} has no paymentID to ask with"
    return payment.payment_id


def _explain(error: PaymentError) -> Rejection:
    match error:
        case Refused(phase=Stage.CREATE_PAYMENT.value):
            return Rejection(Reason.GATEWAY_REFUSED, _quote(error.status_message))
        case Refused():
            # bKash's words are about the shop's own credentials: not for a shopper.
            return Rejection(Reason.GATEWAY_UNREACHABLE, "The shop could not sign in to bKash.")
        case NotSent():
            return Rejection(Reason.GATEWAY_UNREACHABLE, "bKash cannot be reached. Try again.")
        case OutcomeUnknown():
            return Rejection(Reason.GATEWAY_TIMEOUT, "bKash did not answer in time. Try again.")
        case _:
            return Rejection(Reason.GATEWAY_UNREADABLE, "bKash's answer makes no sense.")


def _quote(words: str) -> str:
    return f"bKash says: “{words.rstrip('.')}”."
