"""Who waits for what: tasks and callbacks in words, for errors about waiting that never ends."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from contextvars import Context
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

__all__ = ["MAX_TASKS_SHOWN", "describe_callback", "describe_ready", "describe_tasks"]

MAX_TASKS_SHOWN = 40
"""Tasks named in full; of thousands that wait alike, more would hide the one that matters."""

_GATHERED_SHOWN = 5
_BUSIEST_SHOWN = 5
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
    # What asyncio's own line waits for is asyncio's business; its name says more.
    what = _awaited(task) if inner is asking else inner.f_code.co_qualname
    return f"{text} for {what}" if what else text


def describe_ready(loop: asyncio.AbstractEventLoop, handles: Iterable[asyncio.Handle]) -> str:
    """Return a line for each of the callbacks that are ready most often, with how often it is."""
    waiting = {id(_waiter(task)): task for task in asyncio.all_tasks(loop)}
    busiest = Counter(_describe_handle(handle, waiting) for handle in handles)
    return "\n".join(f"  {n} × {name}" for name, n in busiest.most_common(_BUSIEST_SHOWN))


def describe_callback(callback: Any) -> str:
    """Return what a callback is: a task's step by the task, anything else by its name."""
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, asyncio.Task):
        return describe_task(owner).strip()
    if isinstance(callback, partial):
        # asyncio.to_thread hands a function's context over with it: partial(context.run, f, …).
        inner = getattr(callback.func, "__self__", None)
        carries = isinstance(inner, Context) and callback.args
        return describe_callback(callback.args[0] if carries else callback.func)
    return getattr(callback, "__qualname__", None) or repr(callback)


def _describe_handle(handle: asyncio.Handle, waiting: dict[int, "asyncio.Task[Any]"]) -> str:
    """Return whom a handle wakes: a sleeper's timer resolves the future that a task waits for."""
    args = getattr(handle, "_args", None) or ()
    task = waiting.get(id(args[0])) if args and isinstance(args[0], asyncio.Future) else None
    if task is not None:
        return describe_task(task).strip()
    return describe_callback(getattr(handle, "_callback", handle))


def _waiter(task: "asyncio.Task[Any]") -> Any:
    """Return the future that a task waits for; None where it waits for none."""
    # Private, but the same in asyncio's C and Python and from CPython 3.4 to 3.14.
    return getattr(task, "_fut_waiter", None)


def _awaited(task: "asyncio.Task[Any]") -> str:
    """Return what a task awaits with its own line; "" where it awaits nothing."""
    future = _waiter(task)
    if future is None:
        return ""
    if isinstance(future, asyncio.Task):
        return f"task {future.get_name()}"
    children = getattr(future, "_children", None)
    if children is None:
        return "a future that nobody has resolved"
    open_ones = [child for child in children if not child.done()]
    names = [
        child.get_name() if isinstance(child, asyncio.Task) else "a future"
        for child in open_ones[:_GATHERED_SHOWN]
    ]
    more = len(open_ones) - len(names)
    return f"gather of {', '.join(names)}" + (f" and {more} more" if more else "")


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
