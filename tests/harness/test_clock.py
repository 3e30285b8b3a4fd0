"""Laws of the clock."""

import asyncio
from datetime import UTC

import pytest

from harness.clock import monotonic_ns, now_ns, utc_now, wall_sleep
from harness.simulation import run_virtual


def test_now_is_the_loops_time_in_whole_nanoseconds():
    """A nanosecond slept is a nanosecond passed, also an hour after the start."""

    async def sleep_after(start_s: float) -> int:
        await asyncio.sleep(start_s)
        before_ns = now_ns()
        await asyncio.sleep(1e-9)
        return now_ns() - before_ns

    assert run_virtual(sleep_after(3600.0)) == 1


def test_now_needs_a_running_loop():
    """Outside a loop there is no such time, and nothing stands in for it."""
    with pytest.raises(RuntimeError, match="no running event loop"):
        now_ns()


def test_monotonic_time_does_not_go_back():
    """A wall sleep moves the monotonic clock by at least its length."""
    before_ns = monotonic_ns()
    wall_sleep(0.001)
    assert monotonic_ns() - before_ns >= 1_000_000


def test_wall_time_is_aware():
    """A manifest's time names its zone."""
    assert utc_now().tzinfo is UTC
