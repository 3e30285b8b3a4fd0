"""A loop for callers that have none."""

import asyncio
import threading

import pytest

from mock_bkash.testing import SideLoop


async def where() -> str:
    return threading.current_thread().name


def test_coroutines_run_in_one_thread_that_is_not_the_callers(side_loop: SideLoop):
    """Whoever calls."""
    assert side_loop.run(where()) == side_loop.run(where()) == "mock-bkash"
    seen: list[str] = []
    caller = threading.Thread(target=lambda: seen.append(side_loop.run(where())))
    caller.start()
    caller.join()
    assert seen == ["mock-bkash"]


async def test_it_may_be_used_from_inside_another_loop(side_loop: SideLoop):
    """As by a synchronous client in an async test."""
    assert side_loop.run(where()) == "mock-bkash"


def test_errors_come_back(side_loop: SideLoop):
    """As if the coroutine had run here."""

    async def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        side_loop.run(fail())


def test_the_end_gives_up_what_is_under_way(side_loop: SideLoop):
    """And leaves no thread behind; another end is none."""
    given_up: list[str] = []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            given_up.append("yes")

    kept: list[asyncio.Task[None]] = []

    async def begin() -> None:
        kept.append(asyncio.get_running_loop().create_task(wait()))
        await asyncio.sleep(0)

    side_loop.run(begin())
    side_loop.stop()
    side_loop.stop()
    assert given_up == ["yes"]
    assert "mock-bkash" not in {thread.name for thread in threading.enumerate()}
