"""An asyncio event loop whose clock jumps.

A loop alternates between two things: it runs the callbacks that are ready, and when there are none
it waits for the next timer. This one runs them in the same order and does not wait: it sets its
clock to the timer's instant. Every `asyncio.sleep` and `asyncio.timeout` of the code under it takes
its exact time and no real time.

Time is integer nanoseconds inside and float seconds outside, as asyncio wants it.

The rest of the file keeps that promise honest. Whoever waits for something that happens in real
time (a thread, a socket) would see virtual time run away meanwhile, so that is refused, unless it
is done through the door `foreign_io`, which holds virtual time until the answer is there. Whoever
waits for what can never come is told who waits for what.
"""

import asyncio
import math
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from contextvars import Context, ContextVar
from heapq import heapify, heappop, heappush
from typing import Any, NoReturn, TypeVar

from harness.clock import NS_PER_S
from harness.simulation.handle import Handle, Timer
from harness.simulation.waiting import describe_callback, describe_ready, describe_tasks

__all__ = [
    "FOREIGN_LIMIT_S",
    "MAX_TURNS",
    "MAX_TURNS_PER_S",
    "MAX_VIRTUAL_S",
    "ForeignWait",
    "VirtualDeadlock",
    "VirtualHorizon",
    "VirtualLoop",
    "VirtualStall",
    "VirtualTimeError",
    "foreign_io",
    "new_virtual_loop",
    "run_virtual",
]

MAX_VIRTUAL_S = 2**22
"""How far virtual time reaches: 48 days. Up to here neighbouring floats lie under 1 ns apart, so
float seconds name every nanosecond; beyond, a timer could fall between two and never fire."""

MAX_TURNS = 200_000
"""Turns of the loop at one instant before it is taken for a program that never waits. A payment
takes fifty; code that really needs as many can do without the loop."""

MAX_TURNS_PER_S = 5_000_000
"""Turns within a virtual second before it is taken for a program that waits for next to nothing: it
would end some day, which nobody lives to see. All 50,000 shoppers that a run can have would make
four million, if they came and went within one second and no two of them ever met in a turn."""

FOREIGN_LIMIT_S = 30.0
"""Longest real wait for foreign I/O: it stands for a hang of somebody else's."""

_MANY_CANCELLED = 256
"""Cancelled timers that are left lying in the heap before it is swept."""

T = TypeVar("T")

_inside: ContextVar[bool] = ContextVar("inside_foreign_io", default=False)


class VirtualTimeError(RuntimeError):
    """Virtual time cannot go on."""


class VirtualDeadlock(VirtualTimeError):
    """Nothing is ready and nothing is scheduled: on real time this program would wait for ever."""


class VirtualHorizon(VirtualTimeError):
    """Virtual time would pass `MAX_VIRTUAL_S`."""


class VirtualStall(VirtualTimeError):
    """Virtual time cannot pass, or hardly: the program would never end."""


class ForeignWait(VirtualTimeError):
    """Something waits for real time: a thread, a socket, a process."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """Run asyncio code on virtual time, which starts at 0.

    Attributes:
        now_ns: virtual time.
        turns: turns of the loop so far; for tests of the loop itself.
    """

    # What asyncio keeps in these is private, but has been the same from CPython 3.4 to 3.14.
    _ready: "Any"
    _stopping: bool
    _closed: bool
    _default_executor: "Any"
    _selector: "Any"

    def __init__(self) -> None:
        self.now_ns = 0
        self.turns = 0
        self._now_s = 0.0
        # By instant and, within one, by when they were set: asyncio's own heap leaves the order of
        # a tie open, and then a shopper more or less could change what happens to another one.
        self._timers: list[tuple[int, int, asyncio.TimerHandle]] = []
        self._timer_number = 0
        self._cancelled_timers = 0
        # Turns up to which this instant and this second may last.
        self._instant_ends = MAX_TURNS
        self._second_ends = MAX_TURNS_PER_S
        self._next_second_ns = NS_PER_S
        self._refusal: ForeignWait | None = None
        self._foreign: str | None = None
        # The loop's own wake-up pipe is registered while it is being made.
        self._is_made = False
        super().__init__()
        self._is_made = True
        self._foreign_turn = asyncio.Lock()
        self._foreign_answers: deque[asyncio.Handle] = deque()
        # asyncio fires timers up to this much early; one virtual nanosecond is its finest step.
        self._clock_resolution = 1 / NS_PER_S

    def time(self) -> float:
        """Return virtual seconds since the loop was made."""
        return self._now_s

    def call_at(  # type: ignore[override]  # typeshed types *args by a TypeVarTuple
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Schedule a callback, after every timer of the same instant that was set before it."""
        # Rounded to its nanosecond now, so that two ways of adding up to one instant are one.
        when_ns = math.floor(when * NS_PER_S + 0.5)
        timer = Timer(when_ns / NS_PER_S, callback, args, self, context)
        self._timer_number += 1
        heappush(self._timers, (when_ns, self._timer_number, timer))
        return timer

    def call_later(  # type: ignore[override]  # typeshed types *args by a TypeVarTuple
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Schedule a callback `delay` virtual seconds from now."""
        return self.call_at(self._now_s + delay, callback, *args, context=context)

    def call_soon(  # type: ignore[override]  # typeshed types *args by a TypeVarTuple
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Schedule a callback for the next turn."""
        # As asyncio does it, without the checks of its debug mode: this is the loop's busiest line.
        if self._closed:
            raise RuntimeError("Event loop is closed")
        handle = Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_soon_threadsafe(  # type: ignore[override]  # typeshed types *args by a TypeVarTuple
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Schedule a callback; from another thread only while foreign I/O is under way."""
        if self._foreign is None and self.is_running() and not self._is_own_thread():
            # Too late to stop the thread, in time to stop the numbers from being believed.
            name = threading.current_thread().name
            self._refusal = self._refusal or ForeignWait(_refusal_text(f"thread {name!r} calls in"))
        if self._foreign is not None:
            # Kept until nothing else is ready: a quick answer must not come before what a slow one
            # would come after. The quickest is there before asyncio asks, so it calls from here.
            handle = asyncio.Handle(callback, args, self, context)
            self._foreign_answers.append(handle)
            self._write_to_self()  # type: ignore[attr-defined]
            return handle
        return super().call_soon_threadsafe(callback, *args, context=context)

    def run_in_executor(  # type: ignore[override]  # typeshed types *args by a TypeVarTuple
        self, executor: Any, func: Callable[..., T], *args: Any
    ) -> "asyncio.Future[T]":
        """Run a function in a thread; only inside `foreign_io`.

        Raises:
            ForeignWait: it is called elsewhere.
        """
        if not self._may_wait_for_real_time():
            self._refuse(f"{describe_callback(func)} is to run in a thread")
        return super().run_in_executor(executor, func, *args)

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - asyncio's signature
        """End the threads that foreign I/O may have started."""
        # asyncio waits for them in a thread of its own, which this loop would not see.
        del timeout
        if self._default_executor is not None:
            self._default_executor.shutdown(wait=True)

    def _add_reader(self, fd: Any, callback: Callable[..., object], *args: Any) -> Any:
        # Everything that waits for a socket or a pipe comes through here or `_add_writer`.
        if self._is_made and not self._may_wait_for_real_time():
            self._refuse(f"{describe_callback(callback)} waits to read from {fd!r}")
        return super()._add_reader(fd, callback, *args)  # type: ignore[misc]  # not in typeshed

    def _add_writer(self, fd: Any, callback: Callable[..., object], *args: Any) -> Any:
        if not self._may_wait_for_real_time():
            self._refuse(f"{describe_callback(callback)} waits to write to {fd!r}")
        return super()._add_writer(fd, callback, *args)  # type: ignore[misc]  # not in typeshed

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        # A timeout that was met in time leaves its timer behind. Sweeping when most are dead costs
        # each of them a constant, and the heap stays as small as what is really waited for.
        if not handle._scheduled:  # type: ignore[attr-defined]
            return
        self._cancelled_timers += 1
        cancelled, timers = self._cancelled_timers, self._timers
        if cancelled > _MANY_CANCELLED and 2 * cancelled > len(timers):
            timers[:] = [entry for entry in timers if not entry[2]._cancelled]
            heapify(timers)
            self._cancelled_timers = 0

    def _run_once(self) -> None:
        """Make one turn: run what is ready; if nothing is, let time pass until something is."""
        if self._refusal is not None:
            refusal, self._refusal = self._refusal, None
            raise refusal
        ready, timers = self._ready, self._timers
        # A timer for this very instant is as ready as the rest. Without this branch it would wait
        # for a moment in which nothing else is, which a busy instant may not have.
        if timers and timers[0][0] <= self.now_ns:
            self._release_timers()
        if not ready:
            # Only now may time move. While a callback is ready, moving it would make the callback
            # late, though nothing held it up.
            self._let_time_pass()
            self._instant_ends = self.turns + MAX_TURNS
            if self.turns > self._second_ends:
                self._refuse_to_creep()
        self.turns += 1
        if self.turns > self._instant_ends:
            self._refuse_to_spin()
        # What these make ready is the next turn's: one that makes itself ready again and again
        # must not starve the others.
        for _ in range(len(ready)):
            handle = ready.popleft()
            if not handle._cancelled:
                handle._run()

    def _let_time_pass(self) -> None:
        if self._foreign is not None:
            # The one case in which this loop truly waits: somebody's answer takes real time, and
            # virtual time stands still until it is there.
            self._wait_for_foreign(self._foreign)
            return
        timers = self._timers
        while timers and timers[0][2]._cancelled:
            # Nobody waits for it any more, so time has no reason to stop there.
            heappop(timers)[2]._scheduled = False  # type: ignore[attr-defined]
            self._cancelled_timers -= 1
        if timers:
            self._move_to(timers[0][0])
            self._release_timers()
        elif not self._stopping:
            # No timer and nothing ready: no amount of time would change that.
            raise VirtualDeadlock(
                f"deadlock at {self._now_s:.9g} s of virtual time: every task waits and no timer is"
                f" set.\n{describe_tasks(self)}"
            )

    def _move_to(self, instant_ns: int) -> None:
        if instant_ns > MAX_VIRTUAL_S * NS_PER_S:
            raise VirtualHorizon(
                f"virtual time would pass {MAX_VIRTUAL_S} s ({MAX_VIRTUAL_S // 86_400} days);"
                " a shorter scenario, or one that ends, is needed"
            )
        if instant_ns >= self._next_second_ns:
            self._next_second_ns = instant_ns + NS_PER_S
            self._second_ends = self.turns + MAX_TURNS_PER_S
        self.now_ns = instant_ns
        self._now_s = instant_ns / NS_PER_S

    def _release_timers(self) -> None:
        """Make ready all timers of this instant, in the order in which they were set."""
        timers, ready, now_ns = self._timers, self._ready, self.now_ns
        while timers and timers[0][0] <= now_ns:
            timer = heappop(timers)[2]
            timer._scheduled = False  # type: ignore[attr-defined]
            if timer._cancelled:
                self._cancelled_timers -= 1
            else:
                ready.append(timer)

    def _refuse_to_spin(self) -> NoReturn:
        self._instant_ends = self.turns + MAX_TURNS
        raise VirtualStall(
            f"no progress at {self._now_s:.9g} s of virtual time: after {MAX_TURNS} turns of"
            " the loop something is still ready, so this run would never end. Ready are:\n"
            + describe_ready(self, self._ready)
        )

    def _refuse_to_creep(self) -> NoReturn:
        self._second_ends = self.turns + MAX_TURNS_PER_S
        raise VirtualStall(
            f"hardly any progress at {self._now_s:.9g} s of virtual time: {MAX_TURNS_PER_S} turns"
            " of the loop within one virtual second, so something waits for next to nothing, again"
            " and again, and this run would not end. Ready are:\n"
            + describe_ready(self, self._ready)
        )

    def _wait_for_foreign(self, what: str) -> None:
        if self._foreign_answers:
            self._take_foreign_answers()
            return
        events = self._selector.select(FOREIGN_LIMIT_S)
        if not events:
            raise ForeignWait(
                f"{what}: nothing came within {FOREIGN_LIMIT_S:g} s of real time.\n"
                + describe_tasks(self)
            )
        self._process_events(events)  # type: ignore[attr-defined]
        self._take_foreign_answers()

    def _take_foreign_answers(self) -> None:
        while self._foreign_answers:
            self._ready.append(self._foreign_answers.popleft())

    def _may_wait_for_real_time(self) -> bool:
        return self._foreign is not None and _inside.get()

    def _is_own_thread(self) -> bool:
        own: int | None = self._thread_id  # type: ignore[attr-defined]
        return threading.get_ident() == own

    def _refuse(self, what: str) -> NoReturn:
        # Raised where it happens, and once more by the next turn: half of asyncio would log an
        # exception here and go on waiting.
        self._refusal = ForeignWait(_refusal_text(what))
        raise self._refusal


@asynccontextmanager
async def foreign_io(what: str) -> AsyncIterator[None]:
    """Let the body wait for real time: virtual time stands still until it is through.

    One body at a time; the others wait for their turn, first come first served. What else is ready
    at the instant runs before the loop waits, so that the order of everything is the same at every
    run, however long the answer takes. On a loop of real time it does nothing.

    Args:
        what: for messages ("SELECT at PostgreSQL").
    """
    loop = asyncio.get_running_loop()
    if not isinstance(loop, VirtualLoop):
        yield
        return
    async with loop._foreign_turn:
        mark = _inside.set(True)
        loop._foreign = what
        try:
            yield
        finally:
            loop._foreign = None
            _inside.reset(mark)


def new_virtual_loop() -> VirtualLoop:
    """Return a fresh loop at virtual time 0; a `loop_factory` for `asyncio.Runner`."""
    return VirtualLoop()


def run_virtual(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end on a fresh virtual loop, and return its result.

    Raises:
        VirtualDeadlock: every task waits and no timer is set.
        VirtualHorizon: the program waits past `MAX_VIRTUAL_S`.
        VirtualStall: the program never waits, or for next to nothing each time.
        ForeignWait: it waits for real time.
    """
    with asyncio.Runner(loop_factory=new_virtual_loop) as runner:
        return runner.run(main)


def _refusal_text(what: str) -> str:
    return (
        f"{what}: that takes real time, which a virtual clock cannot see. Do it without waiting,"
        " or inside `async with foreign_io(…)`, which holds virtual time meanwhile."
    )
