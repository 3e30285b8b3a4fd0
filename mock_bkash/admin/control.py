"""Doing: reset, and what a shopper would do on the customer page."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mock_bkash.admin.exhibit import show_payment
from mock_bkash.admin.fault import json_response
from mock_bkash.admin.request import find_payment
from mock_bkash.admin.shape import PaymentSettled, ResetDone
from mock_bkash.payment import IllegalMove, Move, PaymentState
from mock_bkash.return_address import return_address
from mock_bkash.wallet import DEFAULT_WALLET
from mock_bkash.world import World

__all__ = ["Control"]


class Control:
    """Answer the POST requests that change something."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def reset(self, request: Request) -> Response:
        """Forget everything about one app key, or about all of them."""
        app_key = request.query_params.get("app_key")
        forgotten = self._world.tenants.reset(app_key)
        if app_key is not None and not forgotten:
            raise HTTPException(404, f"app key {app_key!r} is not known; nothing was reset")
        for key in forgotten:
            self._world.doorman.forget(key)
            if self._world.state is not None:
                self._world.state.forget(key)
        done: ResetDone = {"reset": forgotten}
        return json_response(done)

    async def approve(self, request: Request) -> Response:
        """Approve a payment in the shopper's stead; approving twice is once."""
        return self._settle(request, Move.APPROVE, PaymentState.APPROVED)

    async def cancel(self, request: Request) -> Response:
        """Cancel a payment that was not executed; cancelling twice is once."""
        return self._settle(request, Move.CANCEL, PaymentState.CANCELLED)

    def _settle(self, request: Request, move: Move, reached: PaymentState) -> Response:
        tenant, payment = find_payment(request, self._world.tenants)
        payment.age(tenant.clock.epoch_ms())
        if payment.state is not reached:
            try:
                payment.make(move)
            except IllegalMove as error:
                raise HTTPException(409, str(error)) from error
        if move is Move.APPROVE:
            payment.wallet = payment.wallet or DEFAULT_WALLET
        self._world.keep(tenant, payment)
        settled: PaymentSettled = {
            **show_payment(payment),
            "callback": return_address(self._world, payment),
        }
        return json_response(settled)
