"""A respx router that hands the calls of both kinds of clients to one transport."""

from typing import Any, Final

import httpx
import respx

from mock_bkash.testing.transport import MockTransport

__all__ = ["BkashRouter"]

_KIND: Final = "mock_bkash.awaited"
"""Extension of a request that tells whether its client awaits the answer."""


class BkashRouter(respx.MockRouter):
    """Route requests to bKash's hosts to the mock."""

    def __init__(self, transport: MockTransport, *, hosts: str) -> None:
        """Take the hosts as a regular expression."""
        super().__init__(assert_all_called=False)
        self._transport = transport
        self.route(host__regex=hosts).mock(side_effect=self._serve)

    async def async_handler(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of an `httpx.AsyncClient`."""
        request.extensions = {**request.extensions, _KIND: True}
        return await super().async_handler(request)

    def _serve(self, request: httpx.Request) -> Any:
        # respx calls this for both kinds of clients, and awaits what can be awaited.
        if request.extensions.get(_KIND):
            return self._transport.handle_async_request(request)
        return self._transport.handle_request(request)
