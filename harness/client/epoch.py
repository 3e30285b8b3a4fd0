"""Wall time for what outlives a process, counted by the running loop.

A stored token carries the moment of its issue, and another process must understand it, so it has to
be Unix time. But the wall clock jumps, and a virtual loop knows none. So each loop asks the wall
clock once and counts on by its own clock: steady within a process, shared by all who run on the
loop, and on a virtual loop exactly as fast as everything else there.
"""

import asyncio
from weakref import WeakKeyDictionary

from harness.clock import NS_PER_S, now_ns, utc_now

__all__ = ["anchor_epoch", "epoch_ns"]

# Keyed by loop and gone with it. Two counts on one loop would let a token that one of them stored
# look younger or older to the other.
_anchors_ns: "WeakKeyDictionary[asyncio.AbstractEventLoop, int]" = WeakKeyDictionary()


def anchor_epoch(at_ns: int) -> None:
    """Say what the running loop's present moment is, ns since 1970-01-01 UTC.

    For worlds that must be the same at every run; elsewhere the wall clock is asked.

    Raises:
        RuntimeError: no event loop is running.
        ValueError: somebody on this loop was told a time already; it would jump.
    """
    loop = asyncio.get_running_loop()
    if loop in _anchors_ns:
        raise ValueError("the time since 1970 was asked for on this loop already")
    _anchors_ns[loop] = at_ns - now_ns()


def epoch_ns() -> int:
    """Return nanoseconds since 1970-01-01 UTC; within a loop it never steps back or jumps.

    Raises:
        RuntimeError: no event loop is running.
    """
    loop = asyncio.get_running_loop()
    anchor_ns = _anchors_ns.get(loop)
    if anchor_ns is None:
        anchor_ns = round(utc_now().timestamp() * NS_PER_S) - now_ns()
        _anchors_ns[loop] = anchor_ns
    return anchor_ns + now_ns()
