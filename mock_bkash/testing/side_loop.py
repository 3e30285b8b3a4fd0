"""An event loop in a thread of its own, where a mock serves callers that have none.

A synchronous client blocks its thread until it is answered, and a call may have to go on after its
client gave up: neither works on a loop that runs only as long as somebody waits.
"""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ["SideLoop"]

T = TypeVar("T")


class SideLoop:
    """Run coroutines to their end, from any thread; its own starts with the first of them."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        """Return what a coroutine returns; raise what it raises."""
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="mock-bkash", daemon=True
                )
                self._thread.start()
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result()

    def stop(self) -> None:
        """Give up what is under way and end the thread; there may be none."""
        loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(_give_up(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _give_up() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
