"""Which call of its kind this is, for the payment it is about.

The number keys the latency draw: a payment's second execute draws anew, and the same in every run.
"""

from collections import OrderedDict
from typing import Final

__all__ = ["Attempts"]

MAX_KEYS: Final = 30_000
"""Payments remembered per operation; the oldest is forgotten first and would count from 1 again.
A payment's calls lie seconds apart, so it takes thousands a second in between."""


class Attempts:
    """Count calls per operation and payment."""

    __slots__ = ("_counts",)

    def __init__(self) -> None:
        # A plain dict looks for its first key among all that were deleted before it.
        self._counts: dict[str, OrderedDict[str, int]] = {}

    def next(self, *, operation: str, key: str) -> int:
        """Return the number of this call, from 1, and remember it."""
        counts = self._counts.get(operation)
        if counts is None:
            counts = self._counts[operation] = OrderedDict()
        attempt = counts.get(key, 0) + 1
        if attempt == 1 and len(counts) >= MAX_KEYS:
            counts.popitem(last=False)
        counts[key] = attempt
        return attempt

    def forget(self, key: str) -> None:
        """Drop a payment whose calls are over."""
        for counts in self._counts.values():
            counts.pop(key, None)
