"""The modelled clock of one app key: what bKash would show, running on the loop's time.

With a time scale of 0.1 a modelled second takes a tenth of a real one, so this clock runs ten times
as fast. Tokens expire and payments are stamped by it. It can be put forward, so that a test need
not wait for an hour to pass; it never goes back, because what has expired must stay so.
"""

import asyncio
import math
from datetime import UTC, datetime
from typing import Final

__all__ = ["MAX_ADVANCE_S", "ModelClock", "now_ns"]

_NS_PER_S = 1_000_000_000
_MS_PER_S = 1_000

MAX_ADVANCE_S: Final = 50 * 366 * 86_400.0
"""Most that a clock may be put forward in all, 50 years: dates keep four digits."""


def now_ns() -> int:
    """Return the running loop's time in nanoseconds: wall time at the chosen scale."""
    return round(asyncio.get_running_loop().time() * _NS_PER_S)


class ModelClock:
    """Count modelled time from the moment of making, which needs a running loop.

    `time_scale` is wall seconds per modelled second, above 0; `started_at` is what the clock shows
    first, None meaning the wall clock's now.

    Attributes:
        advanced_s: how far it was put forward in all, modelled seconds.
    """

    __slots__ = ("_loop_time_s", "_origin_s", "_rate", "_started_ms", "advanced_s")

    def __init__(self, *, time_scale: float, started_at: datetime | None) -> None:
        self.advanced_s = 0.0
        self._rate = 1 / time_scale
        self._started_ms = round((started_at or datetime.now(UTC)).timestamp() * _MS_PER_S)
        # To ask which loop is running takes Python 3.11 a system call, and each call asks the time.
        self._loop_time_s = asyncio.get_running_loop().time
        self._origin_s = self._loop_time_s()

    def elapsed_s(self) -> float:
        """Return modelled seconds since the clock was made, with those it was put forward by."""
        return (self._loop_time_s() - self._origin_s) * self._rate + self.advanced_s

    def epoch_ms(self) -> int:
        """Return the modelled time as milliseconds since 1970, UTC."""
        return self._started_ms + int(self.elapsed_s() * _MS_PER_S)

    def elapsed_at_s(self, epoch_ms: int) -> float:
        """Return what `elapsed_s` is, was or will be when `epoch_ms` is shown."""
        return (epoch_ms - self._started_ms) / _MS_PER_S

    def epoch_at_ms(self, elapsed_s: float) -> int:
        """Return what is, was or will be shown when `elapsed_s` has passed since the making."""
        return self._started_ms + round(elapsed_s * _MS_PER_S)

    def advance(self, duration_s: float) -> None:
        """Put the clock forward; calls that are waiting go on waiting.

        Raises:
            ValueError: `duration_s` is negative or no number, or takes it beyond `MAX_ADVANCE_S`.
        """
        if not 0 <= duration_s < math.inf:
            raise ValueError(f"must be a number, 0 or more: time never runs back, got {duration_s}")
        if self.advanced_s + duration_s > MAX_ADVANCE_S:
            raise ValueError(f"must not go beyond {MAX_ADVANCE_S:.0f} s in all, got {duration_s}")
        self.advanced_s += duration_s
