"""The second half of a payment: the shopper is back from bKash, and money may move, once.

Of any number of callbacks for a payment, one wins the claim and executes. The others wait for what
the winner gets and answer the same. What the URL says is never believed: the state is signed, the
paymentID must be the payment's own, and whether it was approved is for bKash's execute to say.
"""

import asyncio
import logging
from dataclasses import dataclass, replace
from enum import StrEnum

from harness.merchant.attachment import Attachment
from harness.merchant.callback_state import CallbackState
from harness.merchant.gateway_desk import GatewayDesk
from harness.merchant.intent import follow_trace
from harness.merchant.rejection import Reason, Rejection
from harness.merchant.store import (
    Claim,
    Outcome,
    Payment,
    PaymentState,
    Store,
    StoreUnavailable,
    current_attempt,
)

__all__ = ["Callback", "CallbackStatus", "Settlement"]

_LOG = logging.getLogger(__name__)

_JOIN_S = 35.0
"""Longest wait for somebody else's execute, modelled seconds: bKash's 30 and a query."""


class CallbackStatus(StrEnum):
    """Name what bKash's page says of the shopper."""

    SUCCESS = "success"
    FAILURE = "failure"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Callback:
    """Hold a callback whose state proved genuine.

    Attributes:
        state: payment, shopper and order, as we signed them.
        payment_id: what the URL says bKash calls it.
        status: what the URL says the shopper did.
    """

    state: CallbackState
    payment_id: str
    status: CallbackStatus


_REFUSALS = {
    CallbackStatus.FAILURE: Outcome(
        PaymentState.DECLINED, reason="bKash did not approve the payment."
    ),
    CallbackStatus.CANCEL: Outcome(PaymentState.CANCELLED, reason="You cancelled the payment."),
}


class Settlement:
    """Bring payments to their outcome."""

    def __init__(
        self,
        *,
        store: Store,
        desk: GatewayDesk,
        attachment: Attachment,
        pending: asyncio.Event,
        time_scale: float,
    ) -> None:
        """Set `pending` whenever a payment is left for the reconciler."""
        self._store = store
        self._desk = desk
        self._attachment = attachment
        self._pending = pending
        self._join_s = _JOIN_S * time_scale
        self._executing: dict[str, asyncio.Event] = {}

    def is_executing(self, ref: str) -> bool:
        """Tell whether this process is executing the payment right now."""
        return ref in self._executing

    async def finish(self, callback: Callback) -> tuple[Payment, bool]:
        """Return the payment as it stands after its shopper came back.

        Beside it stands whether this callback, and no other, moved it.

        Raises:
            Rejection: the paymentID is not the payment's own.
            StoreUnavailable: the database did not answer, and nothing was sent.
        """
        follow_trace(callback.state.ref)
        current_attempt.set(2)
        deadline = self._desk.deadline()
        claim = await self._load(callback)
        if not claim.won:
            return await self._see_how_it_ends(claim.payment), False
        if callback.status is not CallbackStatus.SUCCESS:
            return claim.payment, True
        # No await stands between winning and this line: whoever loses finds the event.
        done = self._executing[claim.payment.ref] = asyncio.Event()
        try:
            outcome = await self._desk.execute(claim.payment, deadline=deadline)
            return await self._write(claim.payment, outcome), True
        finally:
            del self._executing[claim.payment.ref]
            done.set()

    async def _load(self, callback: Callback) -> Claim:
        # The answer of make-payment may have gone out before the paymentID was stored. While the
        # storing is under way we know the name, and the claim writes it on its own way.
        known = self._attachment.is_pending(ref=callback.state.ref, payment_id=callback.payment_id)
        claim = await self._claim(callback, attach=known)
        if claim is not None and claim.payment.state is PaymentState.INITIATED:
            # A crash swallowed the name, or this is another payment's: bKash must say whose it is.
            whose = await self._desk.knows(claim.payment, payment_id=callback.payment_id)
            claim = await self._claim(callback, attach=True) if whose else None
        if claim is None or claim.payment.state is PaymentState.INITIATED:
            raise Rejection(Reason.UNKNOWN_PAYMENT, "There is no such payment.")
        return claim

    async def _claim(self, callback: Callback, *, attach: bool) -> Claim | None:
        ref, payment_id = callback.state.ref, callback.payment_id
        refusal = _REFUSALS.get(callback.status)
        if refusal is None:
            return await self._store.load_payment(ref=ref, payment_id=payment_id, attach=attach)
        return await self._store.turn_back_payment(
            ref=ref, payment_id=payment_id, outcome=refusal, attach=attach
        )

    async def _write(self, payment: Payment, outcome: Outcome) -> Payment:
        try:
            written = await self._store.update_payment(ref=payment.ref, outcome=outcome)
        except StoreUnavailable as error:
            # The money may have moved and the books do not know. The row says "executing", so the
            # reconciler will ask; the shopper is told that we are confirming.
            _LOG.error("outcome of %s could not be written: %s", payment.ref, error)
            return replace(payment, state=PaymentState.PENDING)
        if written.state is PaymentState.PENDING:
            self._pending.set()
        return written

    async def _see_how_it_ends(self, payment: Payment) -> Payment:
        done = self._executing.get(payment.ref)
        if payment.state is not PaymentState.EXECUTING or done is None:
            return payment
        try:
            async with asyncio.timeout(self._join_s):
                await done.wait()
        except TimeoutError:
            return payment
        return await self._store.find_payment(payment.ref) or payment
