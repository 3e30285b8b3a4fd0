"""`make-payment` and the callback: the two requests that make a payment."""

import logging
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from harness.merchant.answer import NO_STORE, answer_json
from harness.merchant.body import read_submission
from harness.merchant.callback_state import StateSigner
from harness.merchant.checkout import Checkout
from harness.merchant.pages import result_status
from harness.merchant.performance import FunnelStep, Performance
from harness.merchant.rejection import Reason, Rejection
from harness.merchant.settlement import Callback, CallbackStatus, Settlement
from harness.merchant.store import PaymentState
from harness.merchant.wish import Begun
from harness.money import format_taka
from harness.stages import Stage, current_timeline

__all__ = ["TOKEN_CACHED", "TOKEN_GRANTED", "PaymentEndpoints"]

_LOG = logging.getLogger(__name__)

TOKEN_CACHED = "Using cached token"
TOKEN_GRANTED = "Granted a new token"

_TOKEN_CALLS = frozenset({Stage.TOKEN_GRANT.value, Stage.TOKEN_REFRESH.value})


class PaymentEndpoints:
    """Serve payments."""

    def __init__(
        self,
        *,
        checkout: Checkout,
        settlement: Settlement,
        signer: StateSigner,
        performance: Performance,
    ) -> None:
        self._checkout = checkout
        self._settlement = settlement
        self._signer = signer
        self._performance = performance

    async def make_payment(self, request: Request) -> Response:
        """Begin a payment: JSON gets the address of bKash's page, a form is sent there."""
        submission = await read_submission(request)
        self._performance.count(FunnelStep.CLICKED)
        begun = await self._checkout.begin(submission.wish)
        self._performance.count(FunnelStep.REDIRECTED)
        token_status = _token_status()
        _LOG.debug("%s for %s", token_status, begun.ref)
        if submission.by_form:
            return RedirectResponse(begun.bkash_url, 303, headers=NO_STORE)
        return answer_json(200, "Successful", data=_data(begun, token_status))

    async def callback(self, request: Request) -> Response:
        """Finish a payment whose shopper is back, and show its result."""
        callback = self._read_callback(request)
        payment, first = await self._settlement.finish(callback)
        if first:
            self._performance.count(FunnelStep.RETURNED)
        if first and payment.state is PaymentState.PAID:
            self._performance.count(FunnelStep.PAID)
        query = urlencode(
            {"ref": self._signer.sign(callback.state), "status": result_status(payment.state)}
        )
        return RedirectResponse(f"/checkout/result?{query}", 303, headers=NO_STORE)

    def _read_callback(self, request: Request) -> Callback:
        state = self._signer.verify(_only(request, "ref"))
        if state is None:
            raise Rejection(Reason.UNKNOWN_PAYMENT, "There is no such payment.")
        status = _only(request, "status")
        if status not in list(CallbackStatus):
            raise Rejection(
                Reason.INVALID_CALLBACK, "The status is none of success, failure and cancel."
            )
        return Callback(
            state=state, payment_id=_only(request, "paymentID"), status=CallbackStatus(status)
        )


def _only(request: Request, name: str) -> str:
    values = request.query_params.getlist(name)
    if len(values) != 1:
        # Two of them are an attempt to show one thing to a filter and another to us.
        raise Rejection(Reason.INVALID_CALLBACK, f"The callback needs {name}, once.")
    return values[0]


def _token_status() -> str:
    timeline = current_timeline.get()
    stages = [] if timeline is None else timeline.stages
    called = any(timed.name in _TOKEN_CALLS for timed in stages)
    return TOKEN_GRANTED if called else TOKEN_CACHED


def _data(begun: Begun, token_status: str) -> dict[str, str]:
    return {
        "bkashURL": begun.bkash_url,
        "paymentID": begun.payment_id,
        "amount": format_taka(begun.amount_poisha),
        "currency": "BDT",
        "merchantInvoiceNumber": begun.ref,
        "tokenStatus": token_status,
    }
