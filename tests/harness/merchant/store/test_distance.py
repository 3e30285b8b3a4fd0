"""Laws of the distance: drawn by name, payment and attempt; said on the span; scaled in wall."""

import asyncio
from typing import Any

from harness.merchant.store import Distance, current_attempt, no_delay
from harness.simulation import run_virtual
from harness.stages import Span
from harness.trace import TraceContext, current_trace


def travel(*operations: str, delays: dict[str, int], time_scale: float = 1.0) -> Any:
    """Return the seconds that it took, the span, and the questions that were asked."""
    asked: list[tuple[str, str, int]] = []

    def delay(operation: str, key: str, attempt: int) -> int:
        asked.append((operation, key, attempt))
        return delays[operation]

    async def main() -> Any:
        span = Span("stage", None)
        await Distance(delay, time_scale=time_scale).travel(*operations, span=span)
        return asyncio.get_running_loop().time(), span.modelled_ns, asked

    return run_virtual(main())


def test_a_trip_takes_its_delay_and_says_so():
    """Microseconds in, nanoseconds at full scale on the span."""
    assert travel("a", delays={"a": 250_000}) == (0.25, 250_000_000, [("a", "background", 1)])


def test_a_trip_for_several_takes_as_long_as_the_slowest():
    """One round trip answers all."""
    took_s, modelled_ns, _ = travel("a", "b", delays={"a": 1_000, "b": 3_000})
    assert (took_s, modelled_ns) == (0.003, 3_000_000)


def test_the_scale_shortens_the_wait_and_not_what_is_said_of_it():
    """The span's figure is full size."""
    took_s, modelled_ns, _ = travel("a", delays={"a": 1_000_000}, time_scale=0.1)
    assert (took_s, modelled_ns) == (0.1, 1_000_000_000)


def test_no_delay_is_no_wait_and_nothing_modelled():
    """A near database is measured, not modelled."""
    assert travel("a", delays={"a": 0})[:2] == (0.0, None)
    assert no_delay("a", "key", 1) == 0


def test_the_draw_is_keyed_by_payment_and_attempt():
    """So that every variant meets the same database for the same payment."""
    trace = current_trace.set(TraceContext("ab" * 16))
    attempt = current_attempt.set(2)
    try:
        assert travel("a", delays={"a": 0})[2] == [("a", "ab" * 16, 2)]
    finally:
        current_trace.reset(trace)
        current_attempt.reset(attempt)


def test_who_finds_no_free_connection_waits_and_models_only_its_own_trip():
    """The queue is part of the stage; nobody drew it, so nobody says that it was modelled."""
    lock = asyncio.Lock()

    class OneSlot:
        async def take(self) -> None:
            await lock.acquire()

        def give_back(self) -> None:
            lock.release()

    async def main() -> Any:
        distance = Distance(lambda *_: 100_000, time_scale=1.0, slots=OneSlot())
        spans = [Span("stage", None), Span("stage", None)]
        await asyncio.gather(*(distance.travel("a", span=span) for span in spans))
        return asyncio.get_running_loop().time(), [span.modelled_ns for span in spans]

    assert run_virtual(main()) == (0.2, [100_000_000, 100_000_000])
