"""Where a probe stands, for somebody who watches."""

import asyncio
from types import TracebackType

from harness.clock import NS_PER_S, now_ns
from harness.progress import Observer, Step

__all__ = ["Lookout"]

TICK_S = 0.5
"""Between two reports: a clock that shows seconds must not be seen to skip one."""


class Lookout:
    """Tell an observer what is being done and how long it may still take; a context manager."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._began_ns = now_ns()
        self._end_ns = self._began_ns
        self._doing = ""

    async def __aenter__(self) -> "Lookout":
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

    def now(self, doing: str, *, left_s: float) -> None:
        """Say what is being done from now on, and how long all the rest may take, wall seconds."""
        self._doing = doing
        self._end_ns = now_ns() + round(left_s * NS_PER_S)
        self._tell()

    def _tell(self) -> None:
        now = now_ns()
        left_s = max(self._end_ns - now, 0) / NS_PER_S
        passed_s = (now - self._began_ns) / NS_PER_S
        total_s = passed_s + left_s
        self._observer.step(Step(self._doing, passed_s / total_s if total_s else 0.0, left_s))

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            self._tell()
