"""Single flight: however many ask at once, the work is done once, and nobody's leaving ends it.

The work runs in a task of its own, not in the first caller's: a shopper who hangs up, or whose
deadline passes, takes nobody's token away. What the work measured is written into the timeline of
everyone who waited for it, cut to the time that they waited.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import copy_context
from typing import Any

from harness.client.tokens.token import Token
from harness.clock import now_ns
from harness.errors import NotSent
from harness.stages import Span, Stage, TimedStage, Timeline, current_timeline

__all__ = ["Flight", "SingleFlight"]

Work = Callable[[], Coroutine[Any, Any, Token]]


class Flight:
    """Follow one piece of work that several callers wait for."""

    def __init__(self, work: Work, *, time_scale: float) -> None:
        # The leader's context goes along: its trace is the key of the gateway's random draws.
        context = copy_context()
        self._timeline = Timeline(origin_ns=0)
        context.run(current_timeline.set, self._timeline)
        self._time_scale = time_scale
        self._task = asyncio.create_task(work(), context=context)
        self._task.add_done_callback(_take_notice)

    @property
    def is_over(self) -> bool:
        """Tell whether the work has ended."""
        return self._task.done()

    async def join(self) -> Token:
        """Wait for the work and return its result; leaving early does not end it.

        Raises:
            PaymentError: what the work raised; `NotSent` if the source was closed meanwhile.
        """
        joined_ns = now_ns()
        try:
            # Not `await task`: a cancelled waiter would take the task with it.
            await asyncio.wait((self._task,))
        finally:
            self._report(joined_ns)
        if self._task.cancelled():
            raise NotSent("the client was closed while it fetched a token", phase=Stage.TOKEN_GRANT)
        return self._task.result()

    async def stop(self) -> None:
        """End the work; whoever waits for it gets `NotSent`."""
        self._task.cancel()
        await asyncio.wait((self._task,))

    def _report(self, joined_ns: int) -> None:
        timeline = current_timeline.get()
        if timeline is None:
            return
        told_ns = joined_ns
        for done in self._timeline.stages:
            if done.start_ns + done.duration_ns >= joined_ns:
                span = self._cut(done, joined_ns)
                timeline.add(span)
                told_ns = max(told_ns, span.end_ns)
        if not self.is_over:
            # The waiter's time is up in the middle of a stage that has not reported yet.
            timeline.add(_span(Stage.TOKEN_GRANT, told_ns, now_ns(), None))

    def _cut(self, done: TimedStage, joined_ns: int) -> Span:
        missed_ns = max(0, joined_ns - done.start_ns)
        modelled_ns = done.modelled_ns
        if modelled_ns is not None:
            # A gateway waits first and works last: what the waiter missed was modelled wait.
            modelled_ns = max(0, modelled_ns - round(missed_ns / self._time_scale))
        end_ns = done.start_ns + done.duration_ns
        return _span(done.name, done.start_ns + missed_ns, end_ns, modelled_ns)


class SingleFlight:
    """Have at most one flight in the air."""

    def __init__(self, *, time_scale: float = 1.0) -> None:
        self._time_scale = time_scale
        self._flight: Flight | None = None

    @property
    def current(self) -> Flight | None:
        """Return the flight in the air, if any."""
        flight = self._flight
        return None if flight is None or flight.is_over else flight

    def start(self, work: Work) -> Flight:
        """Start the work; never while a flight is in the air."""
        assert self.current is None, "a flight is in the air: join it"
        self._flight = Flight(work, time_scale=self._time_scale)
        return self._flight

    async def aclose(self) -> None:
        """End the flight in the air."""
        flight = self.current
        if flight is not None:
            await flight.stop()


def _take_notice(task: "asyncio.Task[Token]") -> None:
    # When every waiter has left, nobody would look at the error, and asyncio would complain. Each
    # stage of it is in the timeline, and whoever asks next finds out anew.
    if not task.cancelled():
        task.exception()


def _span(name: str, start_ns: int, end_ns: int, modelled_ns: int | None) -> Span:
    span = Span(name, None)
    span.start_ns, span.end_ns, span.modelled_ns = start_ns, end_ns, modelled_ns
    return span
