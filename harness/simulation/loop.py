"""An asyncio event loop whose clock jumps.

A loop spends its life in `selector.select(timeout)`: timeout 0 while callbacks are ready, the gap to
the next timer when only timers are left, None when nothing is left at all. So a selector that adds
the requested gap to the clock instead of waiting turns the real loop, unchanged, into a virtual one:
every `asyncio.sleep` and `asyncio.timeout` of the code under it takes its exact time and no real time.

Time is integer nanoseconds inside and float seconds outside, as asyncio wants it.
"""

import asyncio
import math
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

from harness.clock import NS_PER_S

__all__ = ["VirtualDeadlock", "VirtualLoop", "new_virtual_loop", "run_virtual"]

T = TypeVar("T")


class VirtualDeadlock(RuntimeError):
    """Nothing is ready and nothing is scheduled: on real time this program would wait for ever."""


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
        # Rounded up: a clock that stopped a nanosecond short of the timer would make the loop ask
        # again, for a gap too small to move a float.
        self.now_ns += math.ceil(timeout * NS_PER_S - 1e-3)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """Run asyncio code on virtual time, which starts at 0."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)
        # asyncio fires timers up to this much early; one virtual nanosecond is its finest step.
        self._clock_resolution = 1 / NS_PER_S

    def time(self) -> float:
        """Return virtual seconds since the loop was made."""
        return self._jumping.now_ns / NS_PER_S


def new_virtual_loop() -> VirtualLoop:
    """Return a fresh loop at virtual time 0; a `loop_factory` for `asyncio.Runner`."""
    return VirtualLoop()


def run_virtual(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end on a fresh virtual loop, and return its result.

    Raises:
        VirtualDeadlock: every task waits and no timer is set.
    """
    with asyncio.Runner(loop_factory=new_virtual_loop) as runner:
        return runner.run(main)
