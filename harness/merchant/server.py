"""The merchant as a process: one socket, one loop, one line when it is ready, an orderly end."""

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from harness.errors import ConfigurationError
from harness.merchant.guest import Guest

__all__ = ["GRACE_S", "listen", "serve"]

GRACE_S = 4
"""Wall seconds that requests under way get at the end. A payment that is cut off then stands in the
books as under way, and the next process asks bKash about it."""

_KEEP_ALIVE_S = 75
"""Idle life of a connection: longer than browsers and load generators keep theirs, so that it is
never the server that closes under a request."""

LoopFactory = Callable[[], asyncio.AbstractEventLoop]


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
        ConfigurationError: the address is in use, not ours, or not to be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only on sockets that name their protocol; with it on, an
    # answer in two writes over a kept connection would wait some 40 ms for the client's ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise ConfigurationError(
                f"port {port} on {host} is in use; name another with --port"
            ) from error
        raise ConfigurationError(
            f"cannot listen on {host} port {port}: {error.strerror or error}"
        ) from error
    return listener


def serve(
    app: ASGIApp, listener: socket.socket, *, ready: Callable[[], None], loop_factory: LoopFactory
) -> None:
    """Serve an app until SIGINT or SIGTERM; `ready` is called once requests are answered."""
    options: dict[str, Any] = {
        "http": Guest,
        "lifespan": "on",
        "ws": "none",
        # It would write query strings, and the cron route's holds a secret.
        "access_log": False,
        "log_config": None,
        "server_header": False,
        "proxy_headers": False,
        "timeout_keep_alive": _KEEP_ALIVE_S,
        "timeout_graceful_shutdown": GRACE_S,
        "backlog": 4096,
    }
    server = _Server(uvicorn.Config(app, **options), ready=ready)
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(server.serve(sockets=[listener]))
