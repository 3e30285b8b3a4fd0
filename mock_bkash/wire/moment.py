"""How bKash writes times: Bangladesh's, with a colon before the milliseconds."""

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

__all__ = ["format_local_second", "format_second", "format_time"]

_DHAKA: Final = timezone(timedelta(hours=6))


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


@lru_cache(maxsize=64)
def _format_prefix(second: int) -> str:
    # Thousands of payments share a second, and formatting a date costs more than the rest of one.
    return datetime.fromtimestamp(second, UTC).astimezone(_DHAKA).strftime("%Y-%m-%dT%H:%M:%S")
