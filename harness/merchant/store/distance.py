"""How far away the database is: a modelled wait before each statement.

The file lies beside the process, a shop's database does not. The wait is drawn by operation, by
payment and by attempt, so every variant meets the same database for the same payment.
"""

import asyncio
from contextvars import ContextVar
from typing import Protocol

from harness.stages import Span
from harness.trace import current_trace

__all__ = ["Delay", "Distance", "Slots", "current_attempt", "no_delay"]

_NS_PER_US = 1_000
_US_PER_S = 1_000_000

current_attempt: ContextVar[int] = ContextVar("current_attempt", default=1)
"""Which request of the payment asks: 1 make-payment, 2 callback, more for what comes later."""


class Delay(Protocol):
    """Draw the wait of one database operation."""

    def __call__(self, operation: str, key: str, attempt: int) -> int:
        """Return whole microseconds at full scale."""


class Slots(Protocol):
    """Be a pool of connections to the database: who finds none free waits for one."""

    async def take(self) -> None:
        """Wait for a connection, first come first served."""

    def give_back(self) -> None:
        """Leave it to the next."""


def no_delay(operation: str, key: str, attempt: int) -> int:
    """Return 0: the database is as near as it really is."""
    del operation, key, attempt
    return 0


class Distance:
    """Await the way to the database.

    A wait for a free connection is part of the stage, but it is no modelled wait: nobody drew it.
    """

    def __init__(self, delay: Delay, *, time_scale: float, slots: Slots | None = None) -> None:
        """Draw waits from `delay`; `slots` limits how many are under way at once."""
        self._delay = delay
        self._time_scale = time_scale
        self._slots = slots

    async def travel(self, *operations: str, span: Span) -> None:
        """Wait as long as the slowest of the operations takes, and say so on the span."""
        trace = current_trace.get()
        key = "background" if trace is None else trace.trace_id
        attempt = current_attempt.get()
        wait_us = max([self._delay(operation, key, attempt) for operation in operations])
        if wait_us <= 0:
            return
        span.add_modelled_ns(wait_us * _NS_PER_US)
        wait_s = wait_us * self._time_scale / _US_PER_S
        if self._slots is None:
            await asyncio.sleep(wait_s)
            return
        await self._slots.take()
        try:
            await asyncio.sleep(wait_s)
        finally:
            self._slots.give_back()
