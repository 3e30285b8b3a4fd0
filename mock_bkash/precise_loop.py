"""An asyncio event loop whose timers are not rounded up to whole milliseconds.

epoll counts its timeout in whole milliseconds and asyncio rounds up to them, which adds about a
millisecond to every wait. `select` counts in microseconds: so wait in `select` on epoll's own file
descriptor, which is readable as soon as anything registered with it is, then ask epoll what it was.
"""

import asyncio
import select
import selectors

__all__ = ["PreciseSelector", "new_precise_loop"]

SELECT_LIMIT = 1024
"""FD_SETSIZE: `select` can only watch descriptors below it. It watches one, made at start."""


class PreciseSelector(selectors.EpollSelector):
    """Wait as epoll does, but to the microsecond; any number of descriptors may be registered."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready, after at most `timeout` seconds (None: no limit; 0: at once)."""
        if (timeout is None or timeout > 0) and self.fileno() < SELECT_LIMIT:
            select.select([self.fileno()], (), (), timeout)
            timeout = 0
        return super().select(timeout)


def new_precise_loop() -> asyncio.AbstractEventLoop:
    """Return a fresh loop; a `loop_factory` for `asyncio.Runner`. Linux only, as epoll is."""
    return asyncio.SelectorEventLoop(PreciseSelector())
