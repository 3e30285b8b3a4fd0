"""Which TCP connection a call came by, and whether it is a new one.

Our own server numbers its connections and says so in the ASGI scope. Elsewhere (another server, an
in-process transport) the client's address stands for the connection, as well as that goes: a port
that the client's system uses again looks like the old connection.
"""

from collections.abc import MutableMapping
from typing import Any, Final, Protocol

__all__ = ["SCOPE_KEY", "Connection", "ConnectionRegistry", "Line"]

SCOPE_KEY: Final = "mock_bkash.connection"
"""Where in the scope's `state` our own server leaves the connection."""

MAX_ADDRESSES: Final = 65_536
"""Most addresses remembered: as many as one host has ports."""


class Line(Protocol):
    """Break a connection, which ASGI alone has no word for."""

    def reset(self) -> None:
        """Reset it (RST); what was not sent yet is lost."""
        ...

    def close(self) -> None:
        """Close it in order (FIN), after what was sent."""
        ...


class Connection:
    """Stand for one TCP connection.

    Attributes:
        number: from 1; 0 until its first gateway call.
        used: whether a gateway call came by it already.
        line: what is under it; None where that is out of reach.
    """

    __slots__ = ("line", "number", "used")

    def __init__(self, number: int = 0, *, line: Line | None = None) -> None:
        self.number = number
        self.used = False
        self.line = line

    def use(self) -> bool:
        """Note a gateway call; return whether it is the first on this connection."""
        first = not self.used
        self.used = True
        return first


class ConnectionRegistry:
    """Find the connection that a request came by."""

    __slots__ = ("_by_address", "_count")

    def __init__(self) -> None:
        self._by_address: dict[object, Connection] = {}
        self._count = 0

    def connection_of(self, scope: MutableMapping[str, Any]) -> Connection:
        """Return the connection of an ASGI scope."""
        state = scope.get("state")
        connection: Connection | None = None if state is None else state.get(SCOPE_KEY)
        if connection is None:
            return self._by_client(scope.get("client"))
        if not connection.number:
            connection.number = self._next_number()
        return connection

    def _by_client(self, address: object) -> Connection:
        key = tuple(address) if isinstance(address, list) else address
        connection = self._by_address.get(key)
        if connection is None:
            if len(self._by_address) >= MAX_ADDRESSES:
                del self._by_address[next(iter(self._by_address))]
            connection = self._by_address[key] = Connection(self._next_number())
        return connection

    def _next_number(self) -> int:
        self._count += 1
        return self._count
