"""Laws of trying again in the background."""

import asyncio

from harness.client import Freshness
from harness.client.tokens.backoff import Backoff
from harness.simulation import run_virtual


def test_waits_double_from_6_s_of_an_hour_to_a_minute():
    """Each between half and all of it."""

    async def main() -> list[float]:
        backoff = Backoff(Freshness(jitter_key="shop"))
        waits = []
        for _ in range(8):
            backoff.failed(lifetime_s=3600.0)
            waits.append(backoff.due_s)
        return waits

    waits = run_virtual(main())
    for wait_s, full_s in zip(waits, (6, 12, 24, 48, 60, 60, 60, 60), strict=True):
        assert full_s / 2 <= wait_s <= full_s


def test_an_attempt_is_due_again_after_the_wait_or_a_success():
    """And at first at once."""

    async def main() -> None:
        backoff = Backoff(Freshness(time_scale=0.1))
        assert backoff.is_due
        backoff.failed(lifetime_s=3600.0)
        assert not backoff.is_due
        await asyncio.sleep(backoff.due_s * 0.1 + 1e-6)
        assert backoff.is_due
        backoff.failed(lifetime_s=3600.0)
        backoff.succeeded()
        assert backoff.is_due
        assert backoff.due_s == 0.0

    run_virtual(main())
