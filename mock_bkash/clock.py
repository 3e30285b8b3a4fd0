"""The modelled clock of one app key: what bKash would show, running on the loop's time.

With a time scale of 0.1 a modelled second takes a tenth of a real one, so this clock runs ten times
as fast. Tokens expire and payments are stamped by it.
"""

import asyncio
from datetime import UTC, datetime

__all__ = ["ModelClock", "now_ns"]

_NS_PER_S = 1_000_000_000


def now_ns() -> int:
    """Return the running loop's time in nanoseconds: wall time at the chosen scale."""
    return round(asyncio.get_running_loop().time() * _NS_PER_S)


class ModelClock:
    """Count modelled time from the moment of making, which needs a running loop.

    `time_scale` is wall seconds per modelled second, above 0; `started_at` is what the clock shows
    first, None meaning the wall clock's now.
    """

    __slots__ = ("_origin_s", "_rate", "_started_ms")

    def __init__(self, *, time_scale: float, started_at: datetime | None) -> None:
        self._rate = 1 / time_scale
        self._started_ms = round((started_at or datetime.now(UTC)).timestamp() * 1000)
        self._origin_s = asyncio.get_running_loop().time()

    def elapsed_s(self) -> float:
        """Return modelled seconds since the clock was made."""
        return (asyncio.get_running_loop().time() - self._origin_s) * self._rate

    def epoch_ms(self) -> int:
        """Return the modelled time as milliseconds since 1970, UTC."""
        return self._started_ms + int(self.elapsed_s() * 1000)
