"""The default transport: aiohttp's connection pool behind httpx's interface.

httpx's own pool makes 32 calls at once slower than one (encode/httpx#3215); aiohttp's does not.
What is added to httpx-aiohttp is what a payment needs: whether a request may have left, how many
connections were opened, no cookies, and a `Connection: close` that is meant.
"""

import ssl
from collections.abc import Callable
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from harness.client.exchange import PROGRESS, Progress

__all__ = ["PooledTransport"]

_MAX_CONNECTIONS = 100
"""Calls in flight at once; the next one waits inside its own timeout."""

_KEEPALIVE_S = 15.0
"""How long an unused connection is kept, wall. Longer than the gap between two shoppers of a small
shop, shorter than gateways wait before they close: a call sent into a closing connection is a
payment of unknown outcome."""

_progress: ContextVar[Progress] = ContextVar("_progress")


class PooledTransport(httpx.AsyncBaseTransport):
    """Send requests through a pool of connections that belongs to the running loop."""

    def __init__(
        self,
        *,
        max_connections: int = _MAX_CONNECTIONS,
        keepalive_s: float = _KEEPALIVE_S,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        """Prepare; a pool is opened by its first request, in that request's loop.

        Args:
            max_connections: calls in flight at once.
            keepalive_s: wall seconds that an unused connection is kept.
            ssl_context: whom to trust; None: the system's certificates.
        """
        self._max_connections = max_connections
        self._keepalive_s = keepalive_s
        self._ssl_context = ssl_context
        self._opened = 0
        # Two, because aiohttp does not heed the `Connection: close` of its own request: if the
        # server's answer does not repeat it, the connection is kept, and the next payment is sent
        # into one that the server is closing.
        self._kept = _transport(self._open_kept)
        self._closed = _transport(self._open_closed)

    @property
    def connections_opened(self) -> int:
        """Return how many connections were opened so far."""
        return self._opened

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; see `httpx.AsyncBaseTransport`."""
        pool = self._closed if request.headers.get("connection") == "close" else self._kept
        progress = request.extensions.get(PROGRESS, Progress())
        progress.sent = False
        # The session tells about connections in the task that asked for one.
        reset = _progress.set(progress)
        try:
            return await pool.handle_async_request(request)
        finally:
            _progress.reset(reset)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._kept.aclose()
        await self._closed.aclose()

    def _open_kept(self) -> aiohttp.ClientSession:
        return self._session(
            aiohttp.TCPConnector(
                limit=self._max_connections, keepalive_timeout=self._keepalive_s, ssl=self._trust
            )
        )

    def _open_closed(self) -> aiohttp.ClientSession:
        return self._session(
            aiohttp.TCPConnector(limit=self._max_connections, force_close=True, ssl=self._trust)
        )

    @property
    def _trust(self) -> ssl.SSLContext | bool:
        return True if self._ssl_context is None else self._ssl_context

    def _session(self, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        trace = aiohttp.TraceConfig()
        trace.on_connection_create_end.append(self._connection_opened)
        trace.on_connection_reuseconn.append(_connection_reused)
        return aiohttp.ClientSession(
            connector=connector,
            # A gateway's cookie would tie unlike payments together; DummyCookieJar keeps none.
            cookie_jar=aiohttp.DummyCookieJar(),
            trace_configs=[trace],
        )

    async def _connection_opened(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        parameters: aiohttp.TraceConnectionCreateEndParams,
    ) -> None:
        self._opened += 1
        _may_have_left()


async def _connection_reused(
    session: aiohttp.ClientSession,
    context: SimpleNamespace,
    parameters: aiohttp.TraceConnectionReuseconnParams,
) -> None:
    _may_have_left()


def _may_have_left() -> None:
    _progress.get().sent = True


def _transport(open_session: Callable[[], aiohttp.ClientSession]) -> AiohttpTransport:
    # Left to itself it would load a certificate bundle (30 ms) that it then does not use, because
    # the session is ours. This empty context trusts nobody, should it ever be used.
    return AiohttpTransport(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), client=open_session)
