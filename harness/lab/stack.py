"""The processes of one run: they are started together, watched together, and end together."""

import asyncio
from collections.abc import Callable
from types import TracebackType

from harness.errors import InvalidRunError
from harness.lab.child import Child, Command

__all__ = ["ChildDied", "Stack"]


class ChildDied(InvalidRunError):
    """A process of the run ended while it was needed; the message is its obituary."""


class Stack:
    """Hold the children of a run; an async context manager that leaves none behind.

    Leaving the block stops every child, the last one started first asked, all at once, whatever
    the reason for leaving was.
    """

    def __init__(self) -> None:
        self._children: list[Child] = []

    async def __aenter__(self) -> "Stack":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def children(self) -> tuple[Child, ...]:
        """All children that were started, in order."""
        return tuple(self._children)

    async def start(self, command: Command, *, hear: Callable[[str], None] | None = None) -> Child:
        """Start one more child; see `Child.start` for arguments and what is raised."""
        child = await Child.start(command, hear=hear)
        self._children.append(child)
        return child

    async def watch(self, *expected: Child) -> None:
        """Return when all `expected` children have ended well; meanwhile no child may die.

        Without `expected` it watches until it is cancelled.

        Raises:
            ChildDied: a child ended that was still needed, or an expected one with a status other
                than 0.
        """
        waits = {asyncio.create_task(child.wait()): child for child in self._children}
        missing = set(expected)
        try:
            while waits and (missing or not expected):
                done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    child = waits.pop(task)
                    if child not in missing or task.result() != 0:
                        raise ChildDied(child.obituary())
                    missing.discard(child)
        finally:
            for task in waits:
                task.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    async def stop(self) -> None:
        """End every child; harmless when repeated."""
        stops = [child.stop() for child in reversed(self._children)]
        # Shielded: a second signal must not interrupt the end, which is bounded by its grace.
        await asyncio.shield(asyncio.gather(*stops))
