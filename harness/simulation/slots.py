"""Slots: so many at once, and the rest wait in the order in which they came."""

import asyncio
from collections import deque

__all__ = ["Slots"]


class Slots:
    """Hold a number of equal slots: connections of a pool, workers of a server.

    Attributes:
        free: how many nobody holds.
        waits: how often somebody found none free.
    """

    __slots__ = ("_waiting", "free", "waits")

    def __init__(self, count: int) -> None:
        """Open `count` slots.

        Raises:
            ValueError: there is not even one.
        """
        if count < 1:
            raise ValueError(f"slots: must be 1 or more, got {count}")
        self.free = count
        self.waits = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        """Take a slot, or wait for one behind everybody who waits already."""
        if self.free:
            self.free -= 1
            return
        self.waits += 1
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            # Whoever is cancelled in the very instant in which its turn came hands it on.
            if turn.done() and not turn.cancelled():
                self.give_back()
            raise

    def give_back(self) -> None:
        """Hand a slot to whoever waits longest, or keep it for who comes next."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.free += 1
