"""Who waits for what: tasks and callbacks in words, for errors about waiting that never ends."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

__all__ = ["MAX_TASKS_SHOWN", "describe_callback", "describe_tasks"]

MAX_TASKS_SHOWN = 40
"""Tasks named in full; of thousands that wait alike, more would hide the one that matters."""

_PATH_PARTS = 3

_STANDARD = str(Path(asyncio.__file__).parent.parent)


def describe_tasks(loop: asyncio.AbstractEventLoop) -> str:
    """Return a line for each task that is not done: its name, and where it waits."""
    lines = sorted(describe_task(task) for task in asyncio.all_tasks(loop))
    if not lines:
        return "  no task is left; something waits for a future that nobody will resolve"
    more = len(lines) - MAX_TASKS_SHOWN
    shown = lines[:MAX_TASKS_SHOWN]
    return "\n".join(shown if more <= 0 else [*shown, f"  … and {more} tasks more"])


def describe_task(task: "asyncio.Task[Any]") -> str:
    """Return a task's name, the coroutine it runs, and the line at which that waits."""
    frames = list(_frames(task.get_coro()))
    if not frames:
        return f"  {task.get_name()} has not begun"
    # The innermost line is asyncio's own; the one before it that is not says who wants it.
    own = [frame for frame in frames if not frame.f_code.co_filename.startswith(_STANDARD)]
    asking, inner = (own or frames)[-1], frames[-1]
    text = f"  {task.get_name()}: {frames[0].f_code.co_qualname} waits at {_place(asking)}"
    return text if inner is asking else f"{text} for {inner.f_code.co_qualname}"


def describe_callback(callback: Any) -> str:
    """Return what a callback is: a task's step by the task, anything else by its name."""
    if isinstance(callback, asyncio.Handle):
        callback = getattr(callback, "_callback", callback)
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, asyncio.Task):
        return describe_task(owner).strip()
    inner = getattr(callback, "func", callback)
    return getattr(inner, "__qualname__", None) or repr(inner)


def _frames(coroutine: Any) -> Iterator[FrameType]:
    """Yield the frames of a chain of awaits, outermost first."""
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None) or getattr(coroutine, "gi_frame", None)
        frame = frame or getattr(coroutine, "ag_frame", None)
        if frame is None:
            return
        yield frame
        awaited = getattr(coroutine, "cr_await", None) or getattr(coroutine, "gi_yieldfrom", None)
        coroutine = awaited or getattr(coroutine, "ag_await", None)


def _place(frame: FrameType) -> str:
    path = "/".join(Path(frame.f_code.co_filename).parts[-_PATH_PARTS:])
    return f"{path}:{frame.f_lineno} ({frame.f_code.co_qualname})"
