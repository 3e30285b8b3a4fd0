"""The mock as a process: one socket, one loop, one line when it is ready, a quiet end."""

import asyncio
import contextlib
import errno
import gc
import os
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any, Final

import uvicorn

from mock_bkash.asgi import App
from mock_bkash.door import BACKLOG, DOOR_KEY, ListeningDoor, bind
from mock_bkash.precise_loop import new_precise_loop
from mock_bkash.visitor import IDLE_S, Visitor

__all__ = ["AddressError", "listen", "make_server", "serve"]

GRACE_S: Final = 1
"""Seconds that calls under way get at the end; modelled waits can be far longer than anyone's
patience with Ctrl-C."""

CHECK_TICKS: Final = 10
"""Ticks of a tenth of a second between looks at slow and idle connections."""

READ_BYTES: Final = 4096
"""Of what comes along the lifeline at a time; nobody looks at it."""

DESCRIPTORS: Final = 65_536
"""Connections worth allowing for, where the system does: as many as one client host has ports."""


COLLECT_AFTER: Final = 50_000
"""Objects that make the collector look for cycles, in place of Python's 700: more than a thousand
calls under way consist of, so that a burst of them does not set off one round after the other."""


class AddressError(OSError):
    """An address that cannot be listened on; the message says why."""


class _Server(uvicorn.Server):
    """Say when it is ready, look after its connections, and end well on SIGINT and SIGTERM."""

    def __init__(
        self, config: uvicorn.Config, *, ready: Callable[[], None], lifeline: int | None
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._lifeline = lifeline
        self._door: ListeningDoor | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        assert sockets, "serve() brings its own socket"
        self._door = ListeningDoor(
            address=sockets[0].getsockname()[:2], open_=self._listen, break_idle=self._break_idle
        )
        self.lifespan.state[DOOR_KEY] = self._door
        await super().startup(sockets)
        self._door.guard(self.servers[0])
        if self._lifeline is not None:
            asyncio.get_running_loop().add_reader(self._lifeline, self._feel_lifeline)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        assert self._door is not None, "only what was started is shut down"
        self._door.remove()
        await super().shutdown(sockets)

    async def on_tick(self, counter: int) -> bool:
        if counter % CHECK_TICKS == 0:
            now_s = asyncio.get_running_loop().time()
            for visitor in tuple(self.server_state.connections):
                assert isinstance(visitor, Visitor), "there are no websockets here"
                visitor.check(now_s)
        return await super().on_tick(counter)

    def _feel_lifeline(self) -> None:
        assert self._lifeline is not None, "only what is held is felt"
        if not os.read(self._lifeline, READ_BYTES):
            asyncio.get_running_loop().remove_reader(self._lifeline)
            self.should_exit = True

    def _break_idle(self) -> None:
        for visitor in tuple(self.server_state.connections):
            assert isinstance(visitor, Visitor), "there are no websockets here"
            visitor.break_idle()

    async def _listen(self, listener: socket.socket) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: Visitor(
                config=self.config,
                server_state=self.server_state,
                app_state=self.lifespan.state,
                _loop=loop,
            ),
            sock=listener,
            backlog=BACKLOG,
        )
        self.servers.append(server)
        return server

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
    try:
        return bind(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressError(f"port {port} on {host} is in use: give another --port") from error
        raise AddressError(f"cannot listen on {host} port {port}: {error.strerror}") from error


def make_server(
    app: App, *, ready: Callable[[], None], lifeline: int | None = None
) -> uvicorn.Server:
    """Return a server for an app; `ready` is called once requests are answered.

    With a `lifeline`, a descriptor of a pipe, socket or terminal, it ends when that does.

    `await server.serve(sockets=[listen(host, port)])` runs it on the current loop, until a signal
    or until its `should_exit` is set.
    """
    options: dict[str, Any] = {
        "http": Visitor,
        "lifespan": "off",
        "ws": "none",
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
        "proxy_headers": False,
        "timeout_keep_alive": int(IDLE_S),
        "timeout_graceful_shutdown": GRACE_S,
        "backlog": BACKLOG,
    }
    return _Server(uvicorn.Config(app, **options), ready=ready, lifeline=lifeline)


def serve(
    app: App,
    listener: socket.socket,
    *,
    ready: Callable[[], None],
    lifeline: int | None = None,
) -> None:
    """Serve an app until SIGINT or SIGTERM, or until its lifeline ends; see `make_server`."""
    server = make_server(app, ready=ready, lifeline=lifeline)
    runner = asyncio.Runner(loop_factory=new_precise_loop)
    with _more_descriptors(), _settled_heap(), runner:
        runner.run(server.serve(sockets=[listener]))


@contextlib.contextmanager
def _settled_heap() -> Iterator[None]:
    """Keep the collector from walking through the whole heap in the middle of a burst.

    What was loaded at start takes some 50 ms a round, in which nobody is answered. What comes later
    is little: payments and calls hold no cycles, and are no concern of the collector's.
    """
    gc.collect()
    gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextlib.contextmanager
def _more_descriptors() -> Iterator[None]:
    """Allow as many connections as the system lets an ordinary process have, for a while."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
