"""Where a probe stands, for somebody who watches."""

import asyncio
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from harness.clock import NS_PER_S, now_ns

__all__ = ["Lookout", "ProbeObserver", "ProbeStep"]

TICK_S = 0.5
"""Between two reports: a clock that shows seconds must not be seen to skip one."""


@dataclass(frozen=True, slots=True)
class ProbeStep:
    """Tell where a probe stands.

    Attributes:
        doing: what is being done, in words.
        done: share of the whole time that has passed, in [0, 1].
        left_s: wall seconds left, an estimate.
    """

    doing: str
    done: float
    left_s: float


class ProbeObserver(Protocol):
    """Somebody who watches."""

    def step(self, step: ProbeStep) -> None:
        """Take notice; called at each change and about twice a second between."""


class Lookout:
    """Tell an observer what is being done and how long it may still take; a context manager."""

    def __init__(self, observer: ProbeObserver) -> None:
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
        self._observer.step(ProbeStep(self._doing, passed_s / total_s if total_s else 0.0, left_s))

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            self._tell()
