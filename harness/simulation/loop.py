"""An asyncio event loop whose clock jumps.

A loop spends its life in `selector.select(timeout)`: timeout 0 while callbacks are ready, the gap
to the next timer when only timers are left, None when nothing is left at all. So a selector that
adds the requested gap to the clock instead of waiting turns the real loop, unchanged, into a
virtual one: every `asyncio.sleep` and `asyncio.timeout` of the code under it takes its exact time
and no real time.

Time is integer nanoseconds inside and float seconds outside, as asyncio wants it.
"""

import asyncio
import heapq
import math
import selectors
from collections.abc import Callable, Coroutine
from contextvars import Context
from itertools import count
from typing import Any, TypeVar

from harness.clock import NS_PER_S

__all__ = [
    "MAX_VIRTUAL_S",
    "VirtualDeadlock",
    "VirtualHorizon",
    "VirtualLoop",
    "new_virtual_loop",
    "run_virtual",
]

MAX_VIRTUAL_S = 2**22
"""How far virtual time reaches: 48 days. Up to here neighbouring floats lie under 1 ns apart, so
float seconds name every nanosecond; beyond, a timer could fall between two and never fire."""

T = TypeVar("T")


class VirtualDeadlock(RuntimeError):
    """Nothing is ready and nothing is scheduled: on real time this program would wait for ever."""


class VirtualHorizon(RuntimeError):
    """Virtual time would pass `MAX_VIRTUAL_S`."""


class _JumpingSelector(selectors.DefaultSelector):
    """Poll the real selector, and where it would wait, let virtual time pass instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now_ns = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        # Whatever is ready now happens now. Only the loop's own self-pipe is registered here, so
        # this never depends on a network.
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None:
            # No timer and nothing ready: no amount of time would change that.
            raise VirtualDeadlock("deadlock in virtual time: every task waits and no timer is set")
        # The gap is the difference of two floats and may miss its nanosecond by a part of one, so
        # it is rounded to the nearest; but it never is 0, or the loop would ask again for ever.
        self.now_ns += max(1, round(timeout * NS_PER_S))
        if self.now_ns > MAX_VIRTUAL_S * NS_PER_S:
            raise VirtualHorizon(
                f"virtual time would pass {MAX_VIRTUAL_S} s ({MAX_VIRTUAL_S // 86_400} days);"
                " a shorter scenario, or one that ends, is needed"
            )
        return ready


class _OrderedTimer(asyncio.TimerHandle):
    """Order timers of one instant by when they were set; asyncio's own heap leaves that open.

    Without it, the order of a tie would depend on whatever else is in the heap, and a shopper more
    or less could change what happens to another one.
    """

    __slots__ = ("_number",)

    def __init__(
        self,
        when: float,
        callback: Callable[..., object],
        args: tuple[Any, ...],
        loop: asyncio.AbstractEventLoop,
        context: Context | None,
        number: int,
    ) -> None:
        super().__init__(when, callback, args, loop, context)
        self._number = number

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, _OrderedTimer):
            return NotImplemented
        return (self.when(), self._number) < (other.when(), other._number)


class VirtualLoop(asyncio.SelectorEventLoop):
    """Run asyncio code on virtual time, which starts at 0."""

    _scheduled: list[asyncio.TimerHandle]

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        self._timer_numbers = count()
        super().__init__(self._jumping)
        # asyncio fires timers up to this much early; one virtual nanosecond is its finest step.
        self._clock_resolution = 1 / NS_PER_S

    def time(self) -> float:
        """Return virtual seconds since the loop was made."""
        return self._jumping.now_ns / NS_PER_S

    def call_at(  # type: ignore[override]  # typeshed types *args by a TypeVarTuple
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Schedule a callback, after every timer of the same instant that was set before it."""
        # Rounded to its nanosecond now, so that two ways of adding up to one instant are one.
        when = math.floor(when * NS_PER_S + 0.5) / NS_PER_S
        timer = _OrderedTimer(when, callback, args, self, context, next(self._timer_numbers))
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True  # type: ignore[attr-defined]  # asyncio's own mark, for cancel()
        return timer

    def call_later(  # type: ignore[override]  # typeshed types *args by a TypeVarTuple
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Schedule a callback `delay` virtual seconds from now."""
        return self.call_at(self.time() + delay, callback, *args, context=context)


def new_virtual_loop() -> VirtualLoop:
    """Return a fresh loop at virtual time 0; a `loop_factory` for `asyncio.Runner`."""
    return VirtualLoop()


def run_virtual(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end on a fresh virtual loop, and return its result.

    Raises:
        VirtualDeadlock: every task waits and no timer is set.
        VirtualHorizon: the program waits past `MAX_VIRTUAL_S`.
    """
    with asyncio.Runner(loop_factory=new_virtual_loop) as runner:
        return runner.run(main)
