"""httpx over a mock in the same process: answers, timeouts and breaks as over a socket.

`httpx.ASGITransport` has no timeouts, and lets an injected break through as it is; a shop's error
handling has to see what it would see in production.
"""

import asyncio
from typing import Any

import httpx

from mock_bkash.asgi import App, Message
from mock_bkash.injection import AnswerLost
from mock_bkash.testing.side_loop import SideLoop

__all__ = ["MockTransport"]


class MockTransport(httpx.AsyncBaseTransport, httpx.BaseTransport):
    """Carry requests to an ASGI app, for both kinds of clients."""

    def __init__(self, app: App, *, side_loop: SideLoop) -> None:
        """Take the loop on which requests of synchronous clients are served."""
        self._app = app
        self._side_loop = side_loop

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer to a request of an `httpx.AsyncClient`."""
        await request.aread()
        return await self._serve(request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer to a request of an `httpx.Client`."""
        request.read()
        return self._side_loop.run(self._serve(request))

    async def _serve(self, request: httpx.Request) -> httpx.Response:
        patience_s = request.extensions.get("timeout", {}).get("read")
        exchange = _Exchange(request, patience_s)
        try:
            async with asyncio.timeout(patience_s) as exchange.limit:
                await self._app(exchange.scope(), exchange.receive, exchange.send)
        except TimeoutError as error:
            raise httpx.ReadTimeout("The read operation timed out", request=request) from error
        except AnswerLost as lost:
            raise exchange.broken(lost) from lost
        return exchange.response()


class _Exchange:
    """Hold one request and what has come back so far.

    Attributes:
        limit: when the client stops to wait for the next part.
    """

    def __init__(self, request: httpx.Request, patience_s: float | None) -> None:
        self.limit = asyncio.timeout(None)
        self._request = request
        self._patience_s = patience_s
        self._head: Message | None = None
        self._parts: list[bytes] = []
        self._asked = False

    def scope(self) -> dict[str, Any]:
        url = self._request.url
        return {
            "type": "http",
            "http_version": "1.1",
            "method": self._request.method,
            "headers": [(name.lower(), value) for name, value in self._request.headers.raw],
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.split(b"?")[0],
            "query_string": url.query,
            "server": (url.host, url.port),
            "client": ("127.0.0.1", 1),
        }

    async def receive(self) -> Message:
        if self._asked:
            # The client leaves when it has its answer, or runs out of patience: not before.
            await asyncio.get_running_loop().create_future()
        self._asked = True
        return {"type": "http.request", "body": self._request.content}

    async def send(self, message: Message) -> None:
        if self._head is None:
            self._head = message
        else:
            self._parts.append(message.get("body", b""))
        if self._patience_s is not None:
            # A timeout is between two parts; all of them may take as long as they like.
            self.limit.reschedule(asyncio.get_running_loop().time() + self._patience_s)

    def broken(self, lost: AnswerLost) -> httpx.TransportError:
        if self._head is not None:
            words = "peer closed connection without sending complete message body"
            return httpx.RemoteProtocolError(words, request=self._request)
        if lost.orderly:
            words = "Server disconnected without sending a response."
            return httpx.RemoteProtocolError(words, request=self._request)
        kind = httpx.WriteError if lost.half_sent else httpx.ReadError
        return kind(str(lost), request=self._request)

    def response(self) -> httpx.Response:
        assert self._head is not None, "an app that ends has answered"
        return httpx.Response(
            self._head["status"],
            headers=self._head["headers"],
            # Unread, as it comes from a socket, so that the client reads it and takes its time.
            stream=httpx.ByteStream(b"".join(self._parts)),
            request=self._request,
        )
