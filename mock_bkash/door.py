"""The listening socket as a door that can be shut: new connections are refused, as by a dead host.

Behind a shut door the port stays ours: a socket that is bound and does not listen refuses whoever
knocks, and nobody else can take the address meanwhile.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

__all__ = ["DOOR_KEY", "Door", "ListeningDoor", "bind"]

DOOR_KEY: Final = "mock_bkash.door"
"""Where in the scope's `state` our own server leaves its door."""

BACKLOG: Final = 4096


class Door(Protocol):
    """Shut out new connections for a while."""

    def shut(self, duration_s: float) -> None:
        """Refuse connections for so many wall seconds, and break those that are idle."""
        ...


Open = Callable[[socket.socket], Awaitable[asyncio.Server]]


class ListeningDoor:
    """Shut and open the listening socket of a server."""

    def __init__(
        self, *, address: tuple[str, int], open_: Open, break_idle: Callable[[], None]
    ) -> None:
        """Take how to listen on a socket, and how to break connections that wait for a request."""
        self._address = address
        self._open = open_
        self._break_idle = break_idle
        self._servers: list[asyncio.Server] = []
        self._bound: socket.socket | None = None
        self._opening: asyncio.Task[None] | None = None

    def guard(self, server: asyncio.Server) -> None:
        """Take the server that listens now."""
        self._servers.append(server)

    def shut(self, duration_s: float) -> None:
        """Refuse connections for `duration_s` from now; once more, and it counts from then."""
        while self._servers:
            self._servers.pop().close()
        if self._bound is None:
            self._bound = bind(*self._address)
        if self._opening is not None:
            self._opening.cancel()
        self._break_idle()
        self._opening = asyncio.get_running_loop().create_task(self._reopen(duration_s))

    async def _reopen(self, after_s: float) -> None:
        await asyncio.sleep(after_s)
        listener, self._bound = self._bound, None
        assert listener is not None, "a door that was shut holds its address"
        self.guard(await self._open(listener))

    def remove(self) -> None:
        """Give the address up, shut or open."""
        if self._opening is not None:
            self._opening.cancel()
        if self._bound is not None:
            self._bound.close()


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address; port 0 picks a free one.

    Raises:
        OSError: the address is in use, not ours, or not to be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio turns Nagle's algorithm off only where it is; with it an
    # answer written in two parts waits 40 ms for the client's delayed acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener
