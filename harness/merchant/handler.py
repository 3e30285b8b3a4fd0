"""An endpoint as an ASGI application."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

__all__ = ["Endpoint", "Handler"]

Endpoint = Callable[[Request], Awaitable[Response]]


class Handler:
    """Answer requests by an endpoint.

    Starlette would do the same for a plain function, inside a second catcher of exceptions. The one
    around its router catches them all, and every waiting call goes through every layer again each
    time it wakes.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        response = await self._endpoint(Request(scope, receive, send))
        await response(scope, receive, send)
