"""Laws of the itinerary."""

import asyncio

import pytest

from harness.lab.phase import Itinerary, Phase
from harness.simulation import run_virtual

EXPECTED_S = {Phase.STARTING: 10.0, Phase.MEASURING: 60.0, Phase.REPORTING: 30.0}


def test_time_left_is_what_remains_of_this_phase_and_all_later_ones():
    """Half into the first phase, the other half and all later phases are left."""

    async def main():
        itinerary = Itinerary(EXPECTED_S)
        await asyncio.sleep(5)
        return itinerary.step()

    step = run_virtual(main())
    assert step.doing is Phase.STARTING
    assert step.left_s == pytest.approx(95)
    assert step.done == pytest.approx(0.05)


def test_late_phase_stands_still():
    """A phase that takes longer than expected neither runs backwards nor eats into later ones."""

    async def main():
        itinerary = Itinerary(EXPECTED_S)
        await asyncio.sleep(1000)
        return itinerary.step()

    assert run_virtual(main()).left_s == pytest.approx(90)


def test_phases_may_be_skipped():
    """A phase that does not happen costs no time."""

    async def main():
        itinerary = Itinerary(EXPECTED_S)
        itinerary.enter(Phase.REPORTING)
        return itinerary.step()

    assert run_virtual(main()).left_s == pytest.approx(30)
