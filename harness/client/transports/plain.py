"""httpx's own transport, for shops that want nothing else; slow beyond a few calls in flight."""

from typing import Any

import httpx

from harness.client.exchange import PROGRESS, Progress

__all__ = ["PlainTransport"]


class PlainTransport(httpx.AsyncHTTPTransport):
    """Send requests through httpx's pool, counting connections and telling what was sent."""

    _opened = 0

    @property
    def connections_opened(self) -> int:
        """Return how many connections were opened so far."""
        return self._opened

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; see `httpx.AsyncBaseTransport`."""
        progress = request.extensions.get(PROGRESS, Progress())
        progress.sent = False

        async def notice(event: str, details: dict[str, Any]) -> None:
            if event == "connection.connect_tcp.complete":
                self._opened += 1
            elif event.endswith("send_request_headers.started"):
                progress.sent = True

        request.extensions["trace"] = notice
        return await super().handle_async_request(request)
