"""The modelled clock."""

import asyncio
from datetime import UTC, datetime

from harness.simulation import run_virtual
from mock_bkash.clock import ModelClock, now_ns

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def test_modelled_time_runs_by_the_scale():
    """At a scale of 0.1 a wall second is ten modelled ones."""

    async def main() -> None:
        await asyncio.sleep(5)
        clock = ModelClock(time_scale=0.1, started_at=NEW_YEAR)
        assert clock.elapsed_s() == 0
        await asyncio.sleep(2.5)
        assert clock.elapsed_s() == 25.0
        assert clock.epoch_ms() == round(NEW_YEAR.timestamp() * 1000) + 25_000
        assert now_ns() == 7_500_000_000

    run_virtual(main())


async def test_without_a_start_the_clock_shows_the_wall():
    """A real run stamps its payments with the real date."""
    before_ms = datetime.now(UTC).timestamp() * 1000
    shown_ms = ModelClock(time_scale=1, started_at=None).epoch_ms()
    assert before_ms - 1 <= shown_ms <= datetime.now(UTC).timestamp() * 1000 + 1
