"""Laws of remembered prices: fresh ones only, and not without end."""

import asyncio

import pytest

from harness.merchant.landing import LANDING_S, LandingPrices
from harness.merchant.store import Course
from harness.simulation import run_virtual


@pytest.mark.parametrize("time_scale", [1.0, 0.1])
def test_a_price_is_used_for_a_quarter_of_an_hour(time_scale: float):
    """Modelled time; a later landing renews it."""

    async def main() -> list[int | None]:
        prices = LandingPrices(time_scale=time_scale)
        seen = [prices.price_poisha(1)]
        prices.remember(Course(1, "x", 100))
        await asyncio.sleep((LANDING_S - 1) * time_scale)
        seen.append(prices.price_poisha(1))
        await asyncio.sleep(2 * time_scale)
        seen.append(prices.price_poisha(1))
        prices.remember(Course(1, "x", 200))
        return [*seen, prices.price_poisha(1)]

    assert run_virtual(main()) == [None, 100, None, 200]


def test_prices_are_bounded(monkeypatch: pytest.MonkeyPatch):
    """A course too many pays in the normal order."""
    monkeypatch.setattr("harness.merchant.landing.MAX_COURSES", 2)

    async def main() -> list[int | None]:
        prices = LandingPrices(time_scale=1.0)
        for course_id in (1, 2, 3, 1):
            prices.remember(Course(course_id, "x", 100 * course_id))
        return [prices.price_poisha(course_id) for course_id in (1, 2, 3)]

    assert run_virtual(main()) == [100, 200, None]
