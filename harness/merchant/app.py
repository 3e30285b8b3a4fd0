"""The merchant as an ASGI application: routes, and what becomes of an exception."""

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from harness.merchant.answer import Refuser
from harness.merchant.endpoint import (
    OperationEndpoints,
    PageEndpoints,
    PaymentEndpoints,
    TokenEndpoints,
)
from harness.merchant.gateway_desk import CALLBACK_PATH
from harness.merchant.handler import Endpoint, Handler
from harness.merchant.pages import PREFETCH_PATH, Pages
from harness.merchant.performance import Performance
from harness.merchant.rejection import Reason, Rejection
from harness.merchant.store import StoreUnavailable
from harness.merchant.timed import Timed

__all__ = ["Endpoints", "Lifespan", "create_app"]

_LOG = logging.getLogger(__name__)

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Hold the handlers that an application routes to.

    Attributes:
        payment: make-payment and callback.
        token: prefetch, cron, token test.
        page: checkout, result, static files.
        operation: health and performance.
    """

    payment: PaymentEndpoints
    token: TokenEndpoints
    page: PageEndpoints
    operation: OperationEndpoints


def create_app(
    endpoints: Endpoints, *, pages: Pages, performance: Performance, lifespan: Lifespan
) -> ASGIApp:
    """Return the application; every answer of it carries `Server-Timing`."""
    refusals = _Refusals(Refuser(pages))
    app = Starlette(
        routes=_routes(endpoints),
        exception_handlers={
            Rejection: refusals.rejected,
            StoreUnavailable: refusals.store_unavailable,
            HTTPException: refusals.not_routed,
            Exception: refusals.failed,
        },
        lifespan=lifespan,
    )
    # Outside of Starlette's own last resort, so that even a 500 tells its time.
    return Timed(app, performance)


def _routes(endpoints: Endpoints) -> list[Route]:
    payment, token = endpoints.payment, endpoints.token
    page, operation = endpoints.page, endpoints.operation
    return [
        _route("/api/bkash/make-payment", payment.make_payment, "make_payment", method="POST"),
        _route(CALLBACK_PATH, payment.callback, "callback"),
        _route(PREFETCH_PATH, token.refresh, "refresh_token", method="POST"),
        _route("/api/cron/refresh-bkash-token", token.cron, "cron"),
        _route("/api/bkash/test-token", token.test, "test_token"),
        _route("/api/bkash/performance", operation.performance, "performance"),
        _route("/healthz", operation.health, "health"),
        _route("/checkout/result", page.result, "result"),
        _route("/checkout/{course_id}", page.checkout, "checkout"),
        _route("/static/{name}", page.asset, "asset"),
    ]


def _route(path: str, endpoint: Endpoint, name: str, *, method: str = "GET") -> Route:
    return Route(path, Handler(endpoint), methods=[method], name=name)


class _Refusals:
    """Turn exceptions into answers; the front door of the merchant."""

    def __init__(self, refuser: Refuser) -> None:
        self._refuse = refuser.refuse

    async def rejected(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Rejection), "registered for rejections"
        return self._refuse(request, error)

    async def store_unavailable(self, request: Request, error: Exception) -> Response:
        _LOG.error("%s", error)
        message = "The shop's database is not available. Try again in a minute."
        return self._refuse(request, Rejection(Reason.STORE_UNAVAILABLE, message))

    async def not_routed(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException), "registered for the router's errors"
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            rejection = Rejection(Reason.METHOD_NOT_ALLOWED, "This address takes another method.")
        else:
            rejection = Rejection(Reason.NOT_FOUND, "There is nothing here.")
        response = self._refuse(request, rejection)
        response.headers.update(error.headers or {})
        return response

    async def failed(self, request: Request, error: Exception) -> Response:
        # Starlette raises it again after the answer, and the server logs it with its traceback.
        del error
        message = "Something went wrong in the shop."
        return self._refuse(request, Rejection(Reason.INTERNAL, message))
