"""Time, at its only source.

Time belongs to the event loop: inside asyncio code `now_ns` asks the running loop, so the same code
is on real or on virtual time by the loop it runs on. Code without a loop (the load generator's
greenlets, the front door) takes `monotonic_ns`. Wall time exists for manifests and headers only.
"""

import asyncio
import time
from datetime import UTC, datetime

__all__ = ["NS_PER_MS", "NS_PER_S", "monotonic_ns", "now_ns", "utc_now", "wall_sleep"]

NS_PER_S = 1_000_000_000
NS_PER_MS = 1_000_000


def now_ns() -> int:
    """Return the running loop's time in nanoseconds.

    A virtual loop counts integer nanoseconds and shows them as float seconds; rounding recovers the
    integer exactly as long as it stays under 2**23 s (97 days).

    Raises:
        RuntimeError: no event loop is running.
    """
    return round(asyncio.get_running_loop().time() * NS_PER_S)


def monotonic_ns() -> int:
    """Return the machine's monotonic clock in nanoseconds, for code outside any event loop."""
    return time.monotonic_ns()


def utc_now() -> datetime:
    """Return the wall clock's time, aware, in UTC."""
    return datetime.now(UTC)


def wall_sleep(duration_s: float) -> None:
    """Block the calling process for `duration_s` wall seconds; only where no event loop runs."""
    time.sleep(duration_s)
