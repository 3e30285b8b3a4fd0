"""The default transport: aiohttp's connection pool behind httpx's interface.

httpx's own pool makes 32 calls at once slower than one (encode/httpx#3215); aiohttp's does not. The
class adds to httpx-aiohttp what a payment needs: whether a request may have left, how many
connections were opened, no cookies, no proxy from the environment, no error that is not httpx's.
"""

import ssl
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

_progress: ContextVar[Progress | None] = ContextVar("_progress", default=None)


class PooledTransport(AiohttpTransport):
    """Send requests through a pool of connections that belongs to the running loop."""

    def __init__(
        self,
        *,
        max_connections: int = _MAX_CONNECTIONS,
        keepalive_s: float = _KEEPALIVE_S,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        """Prepare; the pool is opened by the first request, in its loop.

        Args:
            max_connections: calls in flight at once.
            keepalive_s: wall seconds that an unused connection is kept.
            ssl_context: whom to trust; None: the system's certificates.
        """
        # The parent would load a certificate bundle (30 ms) that it then does not use, because the
        # session is ours. This empty context trusts nobody, should it ever be used.
        super().__init__(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), client=self._open)
        self._max_connections = max_connections
        self._keepalive_s = keepalive_s
        self._ssl_context = ssl_context
        self._opened = 0

    @property
    def connections_opened(self) -> int:
        """Return how many connections were opened so far."""
        return self._opened

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; see `httpx.AsyncBaseTransport`."""
        progress = request.extensions.get(PROGRESS)
        if progress is None:
            return await super().handle_async_request(request)
        progress.sent = False
        # The session tells about connections in the task that asked for one.
        reset = _progress.set(progress)
        try:
            return await super().handle_async_request(request)
        finally:
            _progress.reset(reset)

    def _open(self) -> aiohttp.ClientSession:
        trace = aiohttp.TraceConfig()
        trace.on_connection_create_end.append(self._connection_opened)
        trace.on_connection_reuseconn.append(_connection_reused)
        connector = aiohttp.TCPConnector(
            limit=self._max_connections,
            keepalive_timeout=self._keepalive_s,
            ssl=True if self._ssl_context is None else self._ssl_context,
        )
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
    progress = _progress.get()
    if progress is not None:
        progress.sent = True
