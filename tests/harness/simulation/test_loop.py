"""Laws of virtual time."""

import ast
import asyncio
import sys
from pathlib import Path

import pytest

from harness.clock import monotonic_ns, now_ns
from harness.simulation import handle, loop as loop_module, new_virtual_loop, run_virtual, waiting
from harness.simulation.loop import (
    VirtualDeadlock,
    VirtualHorizon,
    VirtualLoop,
    VirtualStall,
)


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
    """A task that never waits can run on and on at one instant."""

    async def spin() -> int:
        timer = asyncio.create_task(asyncio.sleep(1e-9))
        for _ in range(1_000):
            await asyncio.sleep(0)
        assert not timer.done()
        spun_until_ns = now_ns()
        await timer
        return spun_until_ns

    assert run_virtual(spin()) == 0


def test_a_timer_of_this_instant_is_not_starved_by_a_busy_one():
    """What is due now runs now, even while others make themselves ready again and again."""

    async def spin() -> int:
        fired: list[bool] = []
        asyncio.get_running_loop().call_later(0, fired.append, True)
        turns = 0
        while not fired:
            turns += 1
            await asyncio.sleep(0)
        return turns

    assert run_virtual(spin()) <= 2


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


def test_a_tie_does_not_depend_on_who_else_waits():
    """Other timers, cancelled or not, change nothing between two that meet at one instant."""

    async def tie(others: int) -> str:
        order: list[str] = []
        loop = asyncio.get_running_loop()
        timers = [loop.call_later(0.5 + n / 7, int) for n in range(others)]
        loop.call_later(1.0, order.append, "first")
        for timer in timers[::2]:
            timer.cancel()
        loop.call_later(1.0, order.append, "second")
        await asyncio.sleep(200)
        return " ".join(order)

    assert {run_virtual(tie(others)) for others in (0, 1, 7, 300, 1_000)} == {"first second"}


def test_two_ways_of_adding_up_to_one_instant_are_one():
    """0.1 + 0.2 is not 0.3 in floats, and is in nanoseconds."""

    async def add() -> list[int]:
        async def walk(*waits_s: float) -> int:
            for wait_s in waits_s:
                await asyncio.sleep(wait_s)
            return now_ns()

        return list(await asyncio.gather(walk(0.1, 0.2), walk(0.3), walk(0.2, 0.1)))

    assert run_virtual(add()) == [300_000_000] * 3


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


def test_timeouts_that_were_met_leave_nothing_behind():
    """A million calls with a timeout of an hour each do not fill the memory with timers."""

    async def work() -> int:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        for _ in range(5_000):
            async with asyncio.timeout(3_600):
                await asyncio.sleep(0.001)
        return len(loop._timers)

    assert run_virtual(work()) < 1_000


def test_a_deadlock_names_who_waits_for_what():
    """When no amount of time would help, the error lists tasks, their coroutines and lines."""

    async def wait_for_nobody(event: asyncio.Event) -> None:
        await event.wait()

    async def main() -> None:
        event = asyncio.Event()
        await asyncio.sleep(1.5)
        till = asyncio.create_task(wait_bare(), name="till")
        clerk = asyncio.create_task(wait_for_task(till), name="clerk")
        await asyncio.gather(asyncio.create_task(wait_for_nobody(event), name="shopper-7"), clerk)

    async def wait_bare() -> None:
        await asyncio.get_running_loop().create_future()

    async def wait_for_task(task: asyncio.Task[None]) -> None:
        await task

    with pytest.raises(VirtualDeadlock) as caught:
        run_virtual(main())
    words = str(caught.value)
    assert "at 1.5 s of virtual time" in words
    assert "shopper-7: " in words
    assert "simulation/test_loop.py:" in words
    assert "for Event.wait" in words
    lines = {line.split(":")[0].strip(): line for line in words.splitlines()}
    assert lines["till"].endswith("for a future that nobody has resolved")
    assert lines["clerk"].endswith("for task till")
    assert any(line.endswith("for gather of shopper-7, clerk") for line in lines.values())


def test_waiting_past_the_horizon_is_an_error_and_not_a_hang():
    """Past 48 days floats no longer name every nanosecond, so time refuses to go there."""
    with pytest.raises(VirtualHorizon, match="48 days"):
        run_virtual(asyncio.sleep(50 * 86_400))


def test_a_program_that_never_waits_is_stopped_and_named(monkeypatch: pytest.MonkeyPatch):
    """Without progress in virtual time a run would never end; the error says who is to blame."""
    monkeypatch.setattr(loop_module, "MAX_TURNS", 500)

    async def never_wait() -> None:
        while True:  # noqa: ASYNC110 - the mistake that is to be found
            await asyncio.sleep(0)

    with pytest.raises(VirtualStall, match="never_wait"):
        run_virtual(never_wait())


def test_progress_starts_the_count_of_turns_anew(monkeypatch: pytest.MonkeyPatch):
    """A long run is no stalled one, however many turns it takes, as long as time passes."""
    monkeypatch.setattr(loop_module, "MAX_TURNS", 50)

    async def work() -> int:
        for _ in range(1_000):
            await asyncio.sleep(1e-6)
        return now_ns()

    assert run_virtual(work()) == 1_000_000


def test_a_program_that_hardly_waits_is_stopped_and_named(monkeypatch: pytest.MonkeyPatch):
    """A nanosecond each time is progress, and a virtual day of it takes months."""
    monkeypatch.setattr(loop_module, "MAX_TURNS_PER_S", 5_000)

    async def hardly_wait() -> None:
        while True:  # noqa: ASYNC110 - the mistake that is to be found
            await asyncio.sleep(1e-9)

    async def main() -> None:
        await asyncio.sleep(3)
        await asyncio.create_task(hardly_wait(), name="impatient")

    with pytest.raises(
        VirtualStall, match=r"(?s)hardly any progress at 3\.0.*impatient: .*hardly_wait waits"
    ):
        run_virtual(main())


def test_each_second_starts_the_count_of_turns_anew(monkeypatch: pytest.MonkeyPatch):
    """A long run has as many turns as it likes, and a burst is over after a second."""
    monkeypatch.setattr(loop_module, "MAX_TURNS_PER_S", 400)

    async def burst() -> None:
        for _ in range(150):
            await asyncio.sleep(1e-9)

    async def work() -> int:
        for _ in range(50):
            await burst()
            await asyncio.sleep(1.0)
        return now_ns()

    assert run_virtual(work()) == 50 * (10**9 + 150)


def test_a_closed_loop_takes_no_callback():
    """As asyncio's own: a mistake is told where it is made."""
    loop = new_virtual_loop()
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_soon(int)


def test_the_loop_can_be_lifted_out():
    """Three files and the clock are all of it: another project can take them as they are."""
    allowed = {"harness.clock", "harness.simulation.handle", "harness.simulation.waiting"}
    for module in (loop_module, handle, waiting):
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        imported = {
            name
            for node in ast.walk(ast.parse(source))
            for name in (
                [node.module]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
        }
        foreign = {name for name in imported if name.split(".")[0] not in sys.stdlib_module_names}
        assert foreign <= allowed, module.__name__
