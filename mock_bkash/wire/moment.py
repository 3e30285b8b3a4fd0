"""How bKash writes times: Bangladesh's, with a colon before the milliseconds."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

__all__ = ["format_local_second", "format_second", "format_time"]

_OFFSET_S: Final = 6 * 3_600
_DAY_S: Final = 86_400
_FIRST_DAY: Final = date(1970, 1, 1)


def format_time(epoch_ms: int) -> str:
    """Return a time as bKash writes it: 2019-09-03T22:55:37:813 GMT+0600, a colon before the ms."""
    second, ms = divmod(epoch_ms, 1000)
    return f"{_format_prefix(second)}:{ms:03d} GMT+0600"


def format_second(epoch_ms: int) -> str:
    """Return a time as search writes it: rounded down to the second, and with the zeros."""
    return f"{format_local_second(epoch_ms)} GMT+0600"


def format_local_second(epoch_ms: int) -> str:
    """Return a time as refund v2 writes it: like search, and without the offset."""
    return f"{_format_prefix(epoch_ms // 1000)}:000"


def _format_prefix(epoch_s: int) -> str:
    # Dhaka keeps one offset all year, so its days are of equal length: only the date needs a
    # calendar, and formatting that costs more than the rest of an answer.
    day, second = divmod(epoch_s + _OFFSET_S, _DAY_S)
    minute, second = divmod(second, 60)
    hour, minute = divmod(minute, 60)
    return f"{_format_date(day)}T{hour:02d}:{minute:02d}:{second:02d}"


@lru_cache(maxsize=64)
def _format_date(day: int) -> str:
    return (_FIRST_DAY + timedelta(days=day)).isoformat()
