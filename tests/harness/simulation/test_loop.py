"""Laws of virtual time."""

import asyncio
import threading

import pytest

from harness.clock import monotonic_ns, now_ns
from harness.simulation import run_virtual
from harness.simulation.loop import ForeignWait, VirtualDeadlock, VirtualHorizon


def test_a_wait_takes_its_exact_time_and_no_real_time():
    """Forty days pass on the loop while the machine's clock sees far less than one."""

    async def sleep() -> int:
        await asyncio.sleep(40 * 86_400)
        return now_ns()

    before_ns = monotonic_ns()
    slept_ns = run_virtual(sleep())
    assert slept_ns == 40 * 86_400 * 10**9
    assert monotonic_ns() - before_ns < slept_ns // 1_000


@pytest.mark.parametrize("wait_ns", [1, 1_000, 333_333_333, 1_000_000_001, 86_400 * 10**9 + 7])
def test_waits_are_exact_to_the_nanosecond(wait_ns: int):
    """Neither asyncio's resolution nor floats add or lose a nanosecond."""

    async def sleep() -> int:
        await asyncio.sleep(wait_ns / 10**9)
        return now_ns()

    assert run_virtual(sleep()) == wait_ns


def test_time_stands_still_while_something_is_ready():
    """A task that never waits can run for ever at one instant."""

    async def spin() -> int:
        timer = asyncio.create_task(asyncio.sleep(1e-9))
        for _ in range(1_000):
            await asyncio.sleep(0)
        assert not timer.done()
        spun_until_ns = now_ns()
        await timer
        return spun_until_ns

    assert run_virtual(spin()) == 0


def test_a_timeout_fires_at_its_instant_and_not_before():
    """What ends a nanosecond earlier is in time; what would end a nanosecond later is not."""

    async def race(work_s: float) -> tuple[bool, int]:
        try:
            async with asyncio.timeout(2.0):
                await asyncio.sleep(work_s)
        except TimeoutError:
            return False, now_ns()
        return True, now_ns()

    assert run_virtual(race(2.0 - 1e-9)) == (True, 1_999_999_999)
    assert run_virtual(race(2.0 + 1e-9)) == (False, 2_000_000_000)


def test_ties_resolve_in_the_order_in_which_they_were_set():
    """Two timers of one instant fire in one order, always."""

    async def tie() -> str:
        order: list[str] = []

        async def note(name: str) -> None:
            await asyncio.sleep(1.0)
            order.append(name)

        await asyncio.gather(*(note(name) for name in "abcdefgh"))
        return "".join(order)

    assert {run_virtual(tie()) for _ in range(20)} == {"abcdefgh"}


def test_a_deadlock_is_an_error_and_not_a_hang():
    """When nothing is ready and no timer is set, no amount of time would help."""

    async def wait_for_nobody() -> None:
        await asyncio.Event().wait()

    with pytest.raises(VirtualDeadlock, match="no timer is set"):
        run_virtual(wait_for_nobody())


def test_waiting_past_the_horizon_is_an_error_and_not_a_hang():
    """Past 48 days floats no longer name every nanosecond, so time refuses to go there."""
    with pytest.raises(VirtualHorizon, match="48 days"):
        run_virtual(asyncio.sleep(50 * 86_400))


def test_a_cancelled_timer_neither_fires_nor_moves_time():
    """Time goes to the next timer that still counts."""

    async def cancel() -> tuple[int, list[str]]:
        fired: list[str] = []
        loop = asyncio.get_running_loop()
        loop.call_later(1.0, fired.append, "cancelled").cancel()
        loop.call_later(2.0, fired.append, "kept")
        await asyncio.sleep(3.0)
        return now_ns(), fired

    assert run_virtual(cancel()) == (3_000_000_000, ["kept"])


def test_a_thread_that_calls_in_is_refused():
    """Virtual time cannot see how long a thread takes, so nothing that waits for one is believed."""

    async def be_woken() -> None:
        woken = asyncio.Event()
        loop = asyncio.get_running_loop()
        thread = threading.Thread(target=loop.call_soon_threadsafe, args=(woken.set,), name="foe")
        thread.start()
        thread.join()
        await woken.wait()

    with pytest.raises(ForeignWait, match="thread 'foe' calls in"):
        run_virtual(be_woken())
