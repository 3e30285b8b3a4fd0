"""Handles of the virtual loop: asyncio's own, made for a third of the cost.

asyncio asks its loop for the debug mode whenever it makes one, to note where that was. A payment
makes seventy, so these do not ask: they set what asyncio's constructor sets, and are the same
otherwise.
"""

import asyncio
from collections.abc import Callable
from contextvars import Context, copy_context
from typing import Any

__all__ = ["Handle", "Timer"]


class Handle(asyncio.Handle):
    """Hold a callback until its turn."""

    __slots__ = ()

    def __init__(
        self,
        callback: Callable[..., object],
        args: tuple[Any, ...],
        loop: asyncio.AbstractEventLoop,
        context: Context | None,
    ) -> None:
        self._context = copy_context() if context is None else context
        self._loop = loop
        self._callback = callback
        self._args = args
        self._cancelled = False
        self._repr = None
        self._source_traceback = None


class Timer(asyncio.TimerHandle):
    """Hold a callback until its instant; `when` is the loop's time, seconds."""

    __slots__ = ()

    def __init__(
        self,
        when: float,
        callback: Callable[..., object],
        args: tuple[Any, ...],
        loop: asyncio.AbstractEventLoop,
        context: Context | None,
    ) -> None:
        self._context = copy_context() if context is None else context
        self._loop = loop
        self._callback = callback
        self._args = args
        self._cancelled = False
        self._repr = None
        self._source_traceback = None
        self._when = when
        # asyncio's own mark of a timer that waits, for cancel().
        self._scheduled = True

    def cancel(self) -> None:
        """Let it never fire; what it held is free at once."""
        if not self._cancelled:
            self._loop._timer_handle_cancelled(self)  # type: ignore[attr-defined]
            self._cancelled = True
            self._callback = None  # type: ignore[assignment]  # as asyncio does
            self._args = None  # type: ignore[assignment]
