"""Laws of the wall time that the loop counts."""

import asyncio

from harness.client import epoch_ns
from harness.clock import NS_PER_S, utc_now
from harness.simulation import run_virtual


async def test_it_is_unix_time():
    """Another process can understand it."""
    assert abs(epoch_ns() / NS_PER_S - utc_now().timestamp()) < 5


def test_it_passes_as_fast_as_the_loop():
    """An hour of virtual time ages a token by an hour, to the nanosecond."""

    async def main() -> int:
        before_ns = epoch_ns()
        await asyncio.sleep(3600)
        return epoch_ns() - before_ns

    assert run_virtual(main()) == 3600 * NS_PER_S


def test_the_wall_clock_is_asked_once_per_loop(monkeypatch):
    """When somebody sets the machine's clock, no token ages by an hour."""

    async def main() -> int:
        before_ns = epoch_ns()
        monkeypatch.setattr("harness.client.epoch.utc_now", None)
        return epoch_ns() - before_ns

    assert run_virtual(main()) == 0
