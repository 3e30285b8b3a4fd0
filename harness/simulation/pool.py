"""A client's connections to one place: opened, kept, reused, and given up, on the loop's clock.

As aiohttp's pool does it: a limit on connections in use, and idle ones are kept beside it until
they expire; of those the one that was idle longest is reused first.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

from harness.clock import NS_PER_S, now_ns
from harness.simulation.slots import Slots
from mock_bkash.connection import SCOPE_KEY, Connection

__all__ = ["Line", "Pool", "PoolLimits"]

_MAX_CONNECTIONS: Final = 100
_KEEP_ALIVE_S: Final = 15.0
"""The same as of `harness.client.PooledTransport`."""


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """Limit a pool.

    Attributes:
        connections: calls in flight at once; the next one waits.
        keep_alive_s: how long an unused connection is kept.

    Raises:
        ValueError: a value outside its range; the message begins with the attribute's name.
    """

    connections: int = _MAX_CONNECTIONS
    keep_alive_s: float = _KEEP_ALIVE_S

    def __post_init__(self) -> None:
        """Refuse what is no pool."""
        if self.connections < 1:
            raise ValueError(f"connections: must be 1 or more, got {self.connections}")
        if not self.keep_alive_s >= 0:
            raise ValueError(f"keep_alive_s: must be 0 or more, got {self.keep_alive_s:g}")


class Line:
    """Be one connection.

    Attributes:
        state: what the server keeps of it; the mock counts connections by it.
        is_new: whether it has to be opened first.
        idle_ns: when its last answer arrived.
        closed_ns: when the server closes it if nothing comes.
    """

    __slots__ = ("closed_ns", "idle_ns", "is_new", "state")

    def __init__(self) -> None:
        self.state = {SCOPE_KEY: Connection()}
        self.is_new = True
        self.idle_ns = 0
        self.closed_ns = 0


class Pool:
    """Hold the connections of one client to one server.

    Attributes:
        opened: connections opened so far.
        slots: connections in use.
    """

    def __init__(self, limits: PoolLimits, *, server_keep_alive_s: float, travel_ns: int) -> None:
        """Open nothing yet; `travel_ns` is how long a packet is on its way."""
        self.opened = 0
        self.slots = Slots(limits.connections)
        self._keep_alive_ns = _as_ns(limits.keep_alive_s)
        self._server_keep_alive_ns = _as_ns(server_keep_alive_s)
        self._travel_ns = travel_ns
        self._idle: deque[Line] = deque()

    async def take(self) -> Line:
        """Wait for a slot; return an idle connection or, where there is none, a new one."""
        if self.slots.free:
            self.slots.free -= 1
        else:
            await self.slots.take()
        at_ns = now_ns() if self._idle else 0
        while self._idle:
            line = self._idle.popleft()
            # The server's goodbye has arrived, or our own patience is over: not to be reused. One
            # that the server closed but whose goodbye is still on its way is, as on sockets.
            heard_ns = line.closed_ns + self._travel_ns
            if at_ns - line.idle_ns <= self._keep_alive_ns and at_ns < heard_ns:
                return line
        self.opened += 1
        return Line()

    def give_back(self, line: Line, *, keep: bool) -> None:
        """Free the slot, and keep the connection or close it."""
        if keep and self._keep_alive_ns:
            line.is_new = False
            line.idle_ns = now_ns()
            line.closed_ns = line.idle_ns - self._travel_ns + self._server_keep_alive_ns
            self._idle.append(line)
        self.slots.give_back()

    def is_stale(self, line: Line) -> bool:
        """Tell whether the server has closed it by the time a request sent now arrives."""
        return not line.is_new and now_ns() + self._travel_ns >= line.closed_ns


def _as_ns(duration_s: float) -> int:
    # A day that never ends stands for "for ever": infinity has no nanoseconds.
    return round(min(duration_s, 1e9) * NS_PER_S)
