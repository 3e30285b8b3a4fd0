"""The busiest window of a day: how many calls fall into the worst hour that can be cut out of it.

bKash counts by the hour and does not say from when, so every hour counts: not those of the clock,
but a window that slides.
"""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["HOUR_S", "WorstHour", "worst_hour"]

HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class WorstHour:
    """Hold the busiest window.

    Attributes:
        calls: how many lie in it.
        from_s: the first of them, on the scale that they were given in; None without calls.
    """

    calls: int
    from_s: float | None


def worst_hour(calls_s: Iterable[float], *, window_s: float = HOUR_S) -> WorstHour:
    """Return the window of `window_s` with most calls; of equals the first.

    Two calls exactly `window_s` apart lie in different windows: the window is half open.

    Args:
        calls_s: when calls were made, seconds, in any order.
        window_s: its length, above 0.
    """
    ascending = sorted(calls_s)
    most, from_s, first = 0, None, 0
    for last, at_s in enumerate(ascending):
        while at_s - ascending[first] >= window_s:
            first += 1
        if last - first + 1 > most:
            most, from_s = last - first + 1, ascending[first]
    return WorstHour(most, from_s)
