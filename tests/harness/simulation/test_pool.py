"""Laws of a client's connections."""

import asyncio
import math

import pytest

from harness.simulation import PoolLimits, run_virtual
from harness.simulation.pool import Pool


def pool(*, connections: int = 2, keep_alive_s: float = 15.0, travel_ns: int = 0) -> Pool:
    limits = PoolLimits(connections=connections, keep_alive_s=keep_alive_s)
    return Pool(limits, server_keep_alive_s=75.0, travel_ns=travel_ns)


@pytest.mark.parametrize("values", [{"connections": 0}, {"keep_alive_s": -1.0}])
def test_what_is_no_pool_is_refused(values):
    """The message names the limit."""
    with pytest.raises(ValueError, match=next(iter(values))):
        PoolLimits(**values)


@pytest.mark.parametrize(("idle_s", "opened"), [(14.9, 1), (15.0, 1), (15.1, 2)])
def test_an_idle_connection_is_reused_until_it_expires(idle_s: float, opened: int):
    """The client keeps it as long as it says, and not longer."""

    async def use_twice() -> int:
        connections = pool()
        connections.give_back(await connections.take(), keep=True)
        await asyncio.sleep(idle_s)
        connections.give_back(await connections.take(), keep=True)
        return connections.opened

    assert run_virtual(use_twice()) == opened


def test_a_connection_that_is_not_kept_is_never_reused():
    """`Connection: close` means a new one for every call."""

    async def use_often() -> int:
        connections = pool()
        for _ in range(5):
            connections.give_back(await connections.take(), keep=False)
        return connections.opened

    assert run_virtual(use_often()) == 5


def test_the_one_that_was_idle_longest_is_reused_first():
    """As aiohttp does: so none of several goes stale while another does all the work."""

    async def use() -> bool:
        connections = pool()
        first, second = await connections.take(), await connections.take()
        connections.give_back(second, keep=True)
        connections.give_back(first, keep=True)
        return await connections.take() is second

    assert run_virtual(use())


def test_a_limit_is_on_connections_in_use_and_idle_ones_do_not_count():
    """Who finds all in use waits for one to come back."""

    async def use() -> tuple[float, int]:
        connections = pool(connections=1)
        line = await connections.take()
        asyncio.get_running_loop().call_later(3.0, lambda: connections.give_back(line, keep=True))
        assert await connections.take() is line
        return asyncio.get_running_loop().time(), connections.opened

    assert run_virtual(use()) == (3.0, 1)


@pytest.mark.parametrize(
    ("idle_s", "stale", "reused"),
    [(74.0, False, True), (74.96, True, True), (74.99, True, True), (75.01, False, False)],
)
def test_a_connection_that_the_server_closes_is_stale_until_its_goodbye_arrives(
    idle_s: float, stale: bool, reused: bool
):
    """In that window a client cannot know: its request will arrive at a closed door (R31)."""

    async def use() -> tuple[bool, bool]:
        connections = pool(keep_alive_s=math.inf, travel_ns=20_000_000)
        line = await connections.take()
        connections.give_back(line, keep=True)
        # The server counts from when its answer left, 20 ms before it arrived.
        await asyncio.sleep(idle_s)
        again = await connections.take()
        return connections.is_stale(again), again is line

    assert run_virtual(use()) == (stale, reused)
