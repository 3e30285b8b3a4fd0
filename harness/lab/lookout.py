"""Tells an observer where a run stands: at each change of phase, and twice a second between."""

import asyncio
from types import TracebackType

from harness.lab.phase import Itinerary, Phase
from harness.progress import Observer

__all__ = ["TICK_S", "Lookout"]

TICK_S = 0.5
"""Between two reports: a clock that shows seconds must not be seen to skip one."""


class Lookout:
    """Report to an observer while its block is entered; an async context manager.

    Args:
        observer: to be told.
        expected_s: wall seconds that each phase is expected to take, in order.
    """

    def __init__(self, observer: Observer, expected_s: dict[Phase, float]) -> None:
        self._observer = observer
        self._itinerary = Itinerary(expected_s)

    async def __aenter__(self) -> "Lookout":
        # Now, not when the loop comes round to it: the first phase may keep the loop busy.
        self._observer.step(self._itinerary.step())
        self._ticking = asyncio.create_task(self._tick())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ticking.cancel()
        await asyncio.gather(self._ticking, return_exceptions=True)

    def enter(self, phase: Phase) -> None:
        """Begin a phase, if it is not the one already."""
        if phase is not self._itinerary.phase:
            self._itinerary.enter(phase)
        self._observer.step(self._itinerary.step())

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            self._observer.step(self._itinerary.step())
