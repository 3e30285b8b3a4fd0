"""Laws of single flight."""

import asyncio
import gc

import pytest

from harness.client import Token
from harness.client.tokens.flight import SingleFlight
from harness.clock import NS_PER_S
from harness.errors import NotSent, Refused
from harness.simulation import run_virtual
from harness.stages import Stage, Timeline, current_timeline, stage
from harness.trace import TraceContext, current_trace

TOKEN = Token("t", "", 0, 3600.0)


async def work() -> Token:
    """Look up for 1 s, then grant for 2 s, of which 1.5 are modelled."""
    with stage(Stage.TOKEN_LOOKUP) as span:
        await asyncio.sleep(1.0)
        span.add_modelled_ns(1 * NS_PER_S)
    with stage(Stage.TOKEN_GRANT) as span:
        await asyncio.sleep(2.0)
        span.add_modelled_ns(NS_PER_S * 3 // 2)
    return TOKEN


async def fail() -> Token:
    await asyncio.sleep(1.0)
    raise Refused("no", phase="token_grant", status_code="2001", status_message="no")


def timed(timeline: Timeline) -> list[tuple[str, float, float, float | None]]:
    return [
        (
            s.name,
            s.start_ns / NS_PER_S,
            s.duration_ns / NS_PER_S,
            None if s.modelled_ns is None else s.modelled_ns / NS_PER_S,
        )
        for s in timeline.stages
    ]


async def waiting(flights: SingleFlight, *, after_s: float, patience_s: float = 60.0) -> Timeline:
    """Join whatever flies after a while, as a request of its own, and return its timeline."""
    await asyncio.sleep(after_s)
    timeline = Timeline(origin_ns=0)
    current_timeline.set(timeline)
    flight = flights.current
    assert flight is not None
    try:
        async with asyncio.timeout(patience_s):
            await flight.join()
    except TimeoutError:
        pass
    return timeline


def test_everybody_gets_the_stages_cut_to_the_time_they_waited():
    """A waiter who came in the middle of a stage has the rest of it, modelled wait first."""

    async def main() -> list[Timeline]:
        flights = SingleFlight()
        flights.start(work)
        return await asyncio.gather(*(waiting(flights, after_s=s) for s in (0.0, 0.5, 1.5, 2.75)))

    first, second, third, last = run_virtual(main())
    assert timed(first) == [("token_lookup", 0.0, 1.0, 1.0), ("token_grant", 1.0, 2.0, 1.5)]
    assert timed(second) == [("token_lookup", 0.5, 0.5, 0.5), ("token_grant", 1.0, 2.0, 1.5)]
    assert timed(third) == [("token_grant", 1.5, 1.5, 1.0)]
    assert timed(last) == [("token_grant", 2.75, 0.25, 0.0)]


def test_what_a_waiter_missed_is_scaled_to_modelled_time():
    """A wall second at scale 0.5 is two modelled ones."""

    async def scaled() -> Token:
        with stage(Stage.TOKEN_GRANT) as span:
            await asyncio.sleep(1.0)
            span.add_modelled_ns(2 * NS_PER_S)
        return TOKEN

    async def main() -> Timeline:
        flights = SingleFlight(time_scale=0.5)
        flights.start(scaled)
        return await waiting(flights, after_s=0.25)

    assert timed(run_virtual(main())) == [("token_grant", 0.25, 0.75, 1.5)]


def test_who_leaves_early_has_waited_for_a_grant():
    """The stage has not ended, so nothing is known of it but the time it took away."""

    async def main() -> Timeline:
        flights = SingleFlight()
        flights.start(work)
        return await waiting(flights, after_s=0.0, patience_s=2.0)

    timeline = run_virtual(main())
    assert timed(timeline) == [("token_lookup", 0.0, 1.0, 1.0), ("token_grant", 1.0, 1.0, None)]


def test_without_a_timeline_a_flight_is_joined_all_the_same():
    """A background job has no request to report to."""

    async def main() -> Token:
        return await SingleFlight().start(work).join()

    assert run_virtual(main()) is TOKEN


def test_a_cancelled_leader_takes_nobodys_token_away():
    """The first caller hangs up; the second gets the token of the same flight."""

    async def main() -> None:
        flights = SingleFlight()
        leader = asyncio.create_task(flights.start(work).join())
        await asyncio.sleep(1.5)
        flight = flights.current
        assert flight is not None
        waiter = asyncio.create_task(flight.join())
        leader.cancel()
        assert await waiter is TOKEN
        assert leader.cancelled()
        assert asyncio.get_running_loop().time() == 3.0

    run_virtual(main())


def test_the_leaders_trace_travels_and_nobody_elses_context_changes():
    """The gateway draws by the payment that caused the call."""
    seen = []

    async def look() -> Token:
        seen.append(current_trace.get())
        current_trace.set(None)
        return TOKEN

    async def main() -> None:
        trace = TraceContext("ab" * 16)
        current_trace.set(trace)
        await SingleFlight().start(look).join()
        assert seen == [trace]
        assert current_trace.get() is trace

    run_virtual(main())


def test_a_failure_reaches_everybody_who_waits():
    """And the air is free again."""

    async def main() -> None:
        flights = SingleFlight()
        flight = flights.start(fail)
        results = await asyncio.gather(*(flight.join() for _ in range(3)), return_exceptions=True)
        assert [type(r) for r in results] == [Refused] * 3
        assert flights.current is None

    run_virtual(main())


def test_a_failure_that_nobody_waits_for_disturbs_nobody():
    """asyncio would complain about an exception that was never looked at."""
    complaints = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda loop, context: complaints.append(context))
        SingleFlight().start(fail)
        await asyncio.sleep(2.0)
        gc.collect()

    run_virtual(main())
    assert complaints == []


def test_two_flights_are_never_in_the_air():
    """Starting a second is a programmer's error."""

    async def main() -> None:
        flights = SingleFlight()
        flight = flights.start(work)
        with pytest.raises(AssertionError, match="join it"):
            flights.start(work)
        await flight.join()
        await flights.start(work).join()

    run_virtual(main())


def test_closing_ends_the_flight_and_tells_the_waiters():
    """Nothing was sent of what they wanted to send."""

    async def main() -> None:
        flights = SingleFlight()
        await flights.aclose()
        waiter = asyncio.create_task(flights.start(work).join())
        await asyncio.sleep(0.5)
        await flights.aclose()
        with pytest.raises(NotSent, match="closed"):
            await waiter
        assert flights.current is None
        assert asyncio.get_running_loop().time() == 0.5

    run_virtual(main())
