"""How many journeys a test is to have, and when the last of them is over.

Counts only: it knows neither Locust nor who walks.
"""

from collections.abc import Callable

__all__ = ["Quota"]


class Quota:
    """Let so many journeys set out, and say once that all are finished.

    Args:
        payments: journeys of the whole test; 0 for no end.
        index: which share of them is this process's, from 0.
        workers: how many processes share them.
        on_end: called once, when the last of this process's share is finished.
    """

    def __init__(
        self, payments: int, *, index: int, workers: int, on_end: Callable[[], None]
    ) -> None:
        self._bounded = payments > 0
        # Shares differ by one at most, and the first have the more.
        self._share = len(range(index, payments, workers))
        self._on_end = on_end
        self._taken = 0
        self._finished = 0
        self._closed = False
        if self._bounded and self._share == 0:
            self._end()

    @property
    def share(self) -> int | None:
        """Return how many journeys are this process's; None for no end."""
        return self._share if self._bounded else None

    def take(self) -> bool:
        """Claim one journey; False when all of the share are claimed."""
        if self._bounded and self._taken == self._share:
            return False
        self._taken += 1
        return True

    def finished(self) -> None:
        """Count a journey that is over, well or not."""
        self._finished += 1
        if self._bounded and self._finished == self._share:
            self._end()

    def close(self) -> None:
        """Forget the end: something else ends the test, and whoever is under way with it."""
        self._closed = True

    def _end(self) -> None:
        if not self._closed:
            self._closed = True
            self._on_end()
