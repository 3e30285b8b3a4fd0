"""Laws of what the virtual loop does not wait for, and of the door for what it must."""

import asyncio
import socket
import threading

import pytest

from harness.clock import now_ns
from harness.simulation import loop as loop_module, run_virtual
from harness.simulation.loop import (
    ForeignWait,
    foreign_io,
)


@pytest.mark.parametrize("how", ["executor", "to_thread"])
def test_a_thread_is_refused_with_its_function(how: str):
    """Virtual time would run away while a thread works, so it is not begun."""

    def read_file() -> None:
        raise AssertionError("it was run")

    async def work() -> None:
        if how == "executor":
            await asyncio.get_running_loop().run_in_executor(None, read_file)
        else:
            await asyncio.to_thread(read_file)  # noqa: TID251 - what is refused

    with pytest.raises(ForeignWait, match=r"\.read_file is to run in a thread.*foreign_io"):
        run_virtual(work())


def test_a_refusal_cannot_be_swallowed():
    """Code that goes on after a refused wait has no result: the run ends all the same."""

    async def work() -> str:
        try:
            await asyncio.get_running_loop().run_in_executor(None, int)
        except ForeignWait:
            await asyncio.sleep(1)
        return "believed"

    with pytest.raises(ForeignWait):
        run_virtual(work())


def test_a_socket_is_refused():
    """A socket answers in real time, whenever that is."""

    async def work() -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.setblocking(False)
            await asyncio.get_running_loop().sock_recv(ours, 1)

    with pytest.raises(ForeignWait, match="waits to read from"):
        run_virtual(work())


def test_a_stream_is_refused():
    """asyncio's transports register their sockets in a callback, whose error nobody would see."""

    async def work() -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            reader, writer = await asyncio.open_connection(sock=ours)
            try:
                await reader.read(1)
            finally:
                writer.transport.abort()

    with pytest.raises(ForeignWait, match="waits to read from"):
        run_virtual(work())


def test_a_thread_that_calls_in_is_refused():
    """Nothing that waits for a thread is believed, however the thread was started."""

    async def be_woken() -> None:
        woken = asyncio.Event()
        loop = asyncio.get_running_loop()
        thread = threading.Thread(target=loop.call_soon_threadsafe, args=(woken.set,), name="foe")
        thread.start()
        thread.join()
        await woken.wait()

    with pytest.raises(ForeignWait, match="thread 'foe' calls in"):
        run_virtual(be_woken())


async def ask_thread(answer: str) -> str:
    """Wait for a real thread, through the door."""
    async with foreign_io("a thread"):
        # The thread answers when it is asked to by this very loop's other end: real waiting,
        # bounded by nothing but the machine's speed.
        done = threading.Event()
        threading.Timer(0.001, done.set).start()
        return await asyncio.get_running_loop().run_in_executor(
            None, lambda: answer if done.wait(180) else "too late"
        )


def test_through_the_door_a_thread_takes_no_virtual_time():
    """Virtual time stands still until the answer is there, then goes on exactly."""

    async def work() -> tuple[str, int, list[str]]:
        passed: list[str] = []
        timer = asyncio.get_running_loop().call_later(1.0, passed.append, "timer")
        await asyncio.sleep(0.5)
        answer = await ask_thread("here")
        before = list(passed)
        at_ns = now_ns()
        await asyncio.sleep(1.0)
        assert not before
        assert not timer.cancelled()
        return answer, at_ns, passed

    assert run_virtual(work()) == ("here", 500_000_000, ["timer"])


def test_through_the_door_a_socket_takes_no_virtual_time():
    """Any foreign I/O may come through it, not only threads."""

    async def work() -> tuple[bytes, int]:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.setblocking(False)
            await asyncio.sleep(0.25)
            async with foreign_io("a socket"):
                threading.Timer(0.001, theirs.send, args=(b"pong",)).start()
                answer = await asyncio.get_running_loop().sock_recv(ours, 4)
            return answer, now_ns()

    assert run_virtual(work()) == (b"pong", 250_000_000)


def test_the_door_lets_in_one_at_a_time_and_in_order():
    """Two foreign waits at once could end in either order; so they are made one after the other."""

    async def work() -> list[str]:
        order: list[str] = []

        async def ask(name: str) -> None:
            order.append(f"{name} asks")
            await ask_thread(name)
            order.append(f"{name} is answered")

        await asyncio.gather(*(ask(name) for name in "abc"))
        assert now_ns() == 0
        return order

    expected = ["a asks", "b asks", "c asks"] + [f"{name} is answered" for name in "abc"]
    assert [run_virtual(work()) for _ in range(5)] == [expected] * 5


def test_what_else_is_ready_runs_before_the_door_waits():
    """The place of a foreign answer among the others does not depend on how long it took."""

    async def work() -> list[str]:
        order: list[str] = []

        async def spin() -> None:
            for turn in range(50):
                await asyncio.sleep(0)
                order.append(f"turn {turn}")

        async def ask() -> None:
            await ask_thread("answer")
            order.append("answer")

        await asyncio.gather(ask(), spin())
        return order

    first = run_virtual(work())
    assert first[-1] == "answer"
    assert [run_virtual(work()) for _ in range(5)] == [first] * 5


def test_the_door_is_for_who_went_through_it():
    """While one waits for its answer, another's thread is refused as ever."""

    async def work() -> None:
        async def intrude() -> None:
            await asyncio.get_running_loop().run_in_executor(None, int)

        async with foreign_io("a thread"):
            held = asyncio.get_running_loop().run_in_executor(None, int)
            await held
        await asyncio.gather(ask_thread("a"), intrude())

    with pytest.raises(ForeignWait):
        run_virtual(work())


def test_a_foreign_answer_that_never_comes_is_an_error(monkeypatch: pytest.MonkeyPatch):
    """The wait at the door is bounded in real time, and says for whom it was."""
    monkeypatch.setattr(loop_module, "FOREIGN_LIMIT_S", 0.01)

    async def work() -> None:
        async with foreign_io("SELECT 1"):
            await asyncio.Event().wait()

    with pytest.raises(ForeignWait, match=r"SELECT 1: nothing came within 0\.01 s"):
        run_virtual(work())


def test_on_real_time_the_door_does_nothing():
    """Code that goes through it is the same on both clocks."""

    async def work() -> str:
        return await ask_thread("here")

    assert asyncio.run(work()) == "here"
