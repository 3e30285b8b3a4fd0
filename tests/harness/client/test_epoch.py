"""Laws of the wall time that the loop counts."""

import asyncio

import pytest

from harness.client import anchor_epoch, epoch_ns
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


def test_a_world_that_must_be_the_same_at_every_run_is_told_its_time():
    """Its first stamp is what was said, not what the wall clock shows."""

    async def main() -> int:
        await asyncio.sleep(5.0)
        anchor_epoch(1_000 * NS_PER_S)
        await asyncio.sleep(2.0)
        return epoch_ns()

    assert run_virtual(main()) == 1_002 * NS_PER_S


def test_time_that_was_asked_for_cannot_be_told_any_more():
    """It would jump, and every token would change its age."""

    async def main() -> None:
        epoch_ns()
        with pytest.raises(ValueError, match="already"):
            anchor_epoch(0)

    run_virtual(main())
