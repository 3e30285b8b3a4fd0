"""Prices that shoppers have seen on a checkout page a moment ago."""

import asyncio

from harness.merchant.store import Course

__all__ = ["LANDING_S", "MAX_COURSES", "LandingPrices"]

LANDING_S = 900.0
"""How long a seen price is used, modelled seconds: a quarter of an hour at a checkout."""

MAX_COURSES = 10_000
"""Most prices kept; a course landed on after that pays in the normal order."""


class LandingPrices:
    """Remember the price of each course that somebody landed on."""

    def __init__(self, *, time_scale: float) -> None:
        self._life_s = LANDING_S * time_scale
        self._seen: dict[int, tuple[int, float]] = {}

    def remember(self, course: Course) -> None:
        """Take note of the price that a page is about to show."""
        if course.course_id in self._seen or len(self._seen) < MAX_COURSES:
            now_s = asyncio.get_running_loop().time()
            self._seen[course.course_id] = (course.price_poisha, now_s)

    def price_poisha(self, course_id: int) -> int | None:
        """Return the price that a page showed a moment ago, None where none did."""
        price_poisha, seen_at_s = self._seen.get(course_id, (0, float("-inf")))
        age_s = asyncio.get_running_loop().time() - seen_at_s
        return price_poisha if age_s < self._life_s else None
