"""The mock as a process: one socket, one loop, one line when it is ready, a quiet end."""

import asyncio
import contextlib
import errno
import re
import signal
import socket
import struct
from collections.abc import Callable, Iterator
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mock_bkash.asgi import App
from mock_bkash.connection import SCOPE_KEY, Connection
from mock_bkash.precise_loop import new_precise_loop

__all__ = ["AddressError", "listen", "serve"]

GRACE_S: Final = 1
"""Seconds that calls under way get at the end; modelled waits can be far longer than anyone's
patience with Ctrl-C."""

KEEP_ALIVE_S: Final = 75
"""Idle life of a connection; clients keep theirs for 5 to 60 s and should be the ones to close."""


class AddressError(OSError):
    """An address that cannot be listened on; the message says why."""


# Java's HTTP client offers h2c with its first request on a connection. A server may pass over that
# (RFC 9110, 7.8), but the parser stops at it and the body behind is lost. So the offer is made
# unreadable, at the same length.
_H2C_OFFER: Final = re.compile(rb"(?i)(?<=\r\n)upgrade(?=: *h2c\r\n)")
_OFFER_PASSED_OVER: Final = b"x-offer"


class _SocketLine:
    """Break a connection of asyncio."""

    __slots__ = ("_transport",)

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def reset(self) -> None:
        # With a linger time of 0 the system throws away what is unsent and sends RST, not FIN.
        line: socket.socket = self._transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def close(self) -> None:
        self._transport.close()


class _NumberedProtocol(HttpToolsProtocol):
    """Tell the app which connection a request came by, and speak HTTP/1.1 only."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._connection = Connection(line=_SocketLine(transport))

    def data_received(self, data: bytes) -> None:
        if b"h2c" in data:
            data = _H2C_OFFER.sub(_OFFER_PASSED_OVER, data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["state"][SCOPE_KEY] = self._connection


class _Server(uvicorn.Server):
    """Say when it is ready, and end well on SIGINT and SIGTERM."""

    def __init__(self, config: uvicorn.Config, *, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # Uvicorn's own raises the signal again once it has shut down, which would turn an orderly
        # end into a death by signal.
        stops = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in stops}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address; port 0 picks a free one.

    Raises:
        AddressError: the address is in use, not ours, or not to be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio turns Nagle's algorithm off only where it is; with it an
    # answer written in two parts waits 40 ms for the client's delayed acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise AddressError(f"port {port} on {host} is in use: give another --port") from error
        raise AddressError(f"cannot listen on {host} port {port}: {error.strerror}") from error
    return listener


def serve(app: App, listener: socket.socket, *, ready: Callable[[], None]) -> None:
    """Serve an app until SIGINT or SIGTERM; `ready` is called once requests are answered."""
    options: dict[str, Any] = {
        "http": _NumberedProtocol,
        "lifespan": "off",
        "ws": "none",
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
        "proxy_headers": False,
        "timeout_keep_alive": KEEP_ALIVE_S,
        "timeout_graceful_shutdown": GRACE_S,
        "backlog": 4096,
    }
    server = _Server(uvicorn.Config(app, **options), ready=ready)
    with asyncio.Runner(loop_factory=new_precise_loop) as runner:
        runner.run(server.serve(sockets=[listener]))
