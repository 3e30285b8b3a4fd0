"""httpx's own transport, for shops that want nothing else; slow beyond a few calls in flight."""

import logging
from typing import Any

import httpx

from harness.client.exchange import PROGRESS, Progress

__all__ = ["PlainTransport"]

_TALKATIVE = tuple(
    f"httpcore.{name}" for name in ("connection", "http11", "http2", "proxy", "socks")
)


class PlainTransport(httpx.AsyncHTTPTransport):
    """Send requests through httpx's pool, counting connections and telling what was sent.

    Making one takes the details out of httpcore's debug log, for the whole process: it quotes
    answers that it cannot read, and an unreadable token answer still has a token in it.
    """

    def __init__(self, **options: Any) -> None:
        """Prepare, with httpx's own options; nothing is opened."""
        super().__init__(**options)
        self._opened = 0
        for name in _TALKATIVE:
            logging.getLogger(name).addFilter(_without_details)

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


def _without_details(record: logging.LogRecord) -> bool:
    """Keep the event ("receive_response_body.failed") and drop what it is about."""
    record.msg, record.args = record.getMessage().partition(" ")[0], None
    return True
