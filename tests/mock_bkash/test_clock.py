"""The modelled clock."""

import asyncio
import math
from datetime import UTC, datetime

import pytest

from harness.simulation import run_virtual
from mock_bkash.clock import MAX_ADVANCE_S, ModelClock, now_ns

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


def test_advancing_moves_the_clock_and_nothing_else():
    """M6: an hour passes without anybody sleeping."""

    async def main() -> None:
        clock = ModelClock(time_scale=1, started_at=NEW_YEAR)
        clock.advance(3600)
        clock.advance(0.5)
        assert asyncio.get_running_loop().time() == 0
        assert clock.elapsed_s() == clock.advanced_s == 3600.5
        assert clock.epoch_ms() == round(NEW_YEAR.timestamp() * 1000) + 3_600_500
        assert clock.elapsed_at_s(clock.epoch_ms()) == 3600.5

    run_virtual(main())


@pytest.mark.parametrize("duration_s", [-1e-9, -3600, math.nan, math.inf])
async def test_the_clock_never_runs_back(duration_s: float):
    """What has expired stays expired."""
    clock = ModelClock(time_scale=1, started_at=NEW_YEAR)
    with pytest.raises(ValueError, match="0 or more: time never runs back"):
        clock.advance(duration_s)
    assert clock.advanced_s == 0


async def test_the_clock_has_an_end():
    """Dates keep four digits, however often it is put forward."""
    clock = ModelClock(time_scale=1, started_at=NEW_YEAR)
    clock.advance(MAX_ADVANCE_S)
    with pytest.raises(ValueError, match="must not go beyond"):
        clock.advance(1)
