"""Work that goes on after the answer was sent: bounded, seen to its end, never silent."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from harness.clock import now_ns
from harness.errors import HarnessError
from harness.merchant.performance import Performance
from harness.stages import Timeline, current_timeline

__all__ = ["Later"]

_LOG = logging.getLogger(__name__)


class Later:
    """Hold tasks whose result no answer waits for."""

    def __init__(self, performance: Performance) -> None:
        """Report the stages of the work to `performance`."""
        self._performance = performance
        self._tasks: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[None]:
        """Begin work now; what goes wrong in it is logged, there is nobody left to tell."""
        task = asyncio.create_task(self._see_through(work))
        # The loop itself keeps only weak references to tasks.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def drain(self, *, within_s: float) -> None:
        """Await all work, for at most `within_s` wall seconds; the rest is cancelled."""
        if not self._tasks:
            return
        _, unfinished = await asyncio.wait(self._tasks, timeout=within_s)
        for task in unfinished:
            task.cancel()
        if unfinished:
            _LOG.warning("%d background tasks did not end in %g s", len(unfinished), within_s)
            await asyncio.wait(unfinished)

    async def _see_through(self, work: Coroutine[Any, Any, object]) -> None:
        # The request that asked for this is answered, so its timeline is closed.
        timeline = Timeline(origin_ns=now_ns())
        current_timeline.set(timeline)
        try:
            await work
        except HarnessError as error:
            _LOG.warning("work after an answer failed: %s", error)
        finally:
            self._performance.record_stages(timeline.stages)
