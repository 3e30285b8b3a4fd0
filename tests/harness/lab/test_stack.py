"""Laws of a stack of processes."""

import asyncio
import os
import signal
import sys

import psutil
import pytest

from harness.lab.child import Command
from harness.lab.stack import ChildDied, Stack

pytestmark = pytest.mark.real_time

SLEEP = "import time; time.sleep(600)"


def python(code: str, name: str = "thing") -> Command:
    return Command(name=name, argv=(sys.executable, "-c", code))


async def test_leaving_the_block_leaves_no_process():
    """Whatever ends a run, its processes end with it."""
    pids: list[int] = []

    async def run() -> None:
        async with Stack() as stack:
            pids.extend([(await stack.start(python(SLEEP))).pid for _ in range(3)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await run()
    assert len(pids) == 3
    assert not any(psutil.pid_exists(pid) for pid in pids)


async def test_cancelled_block_leaves_no_process():
    """A cancelled run ends its processes before it is over."""
    pids: list[int] = []
    started = asyncio.Event()

    async def run() -> None:
        async with Stack() as stack:
            pids.append((await stack.start(python(SLEEP))).pid)
            started.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(run())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not any(psutil.pid_exists(pid) for pid in pids)


async def test_watch_returns_when_what_was_expected_has_ended_well():
    """The end of the load generator ends the watch; the servers run on."""
    async with Stack() as stack:
        server = await stack.start(python(SLEEP))
        generator = await stack.start(python(""))
        await stack.watch(generator)
        assert server.running


async def test_watch_notices_a_killed_server_at_once():
    """A killed server ends the watch with its obituary, though the generator still works."""
    async with Stack() as stack:
        server = await stack.start(python(SLEEP, "merchant cached"))
        generator = await stack.start(python(SLEEP))
        asyncio.get_running_loop().call_later(0.1, os.kill, server.pid, signal.SIGKILL)
        with pytest.raises(ChildDied, match=r"merchant cached .* was killed by SIGKILL"):
            await stack.watch(generator)


async def test_watch_takes_a_failed_generator_for_dead():
    """An expected end with another status than 0 is none that was expected."""
    async with Stack() as stack:
        generator = await stack.start(python("import sys; sys.exit(1)"))
        with pytest.raises(ChildDied, match="exit status 1"):
            await stack.watch(generator)
