"""Laws of the lookout."""

import asyncio

from harness.lab.lookout import TICK_S, Lookout
from harness.lab.phase import Phase
from harness.simulation import run_virtual


class Log:
    def __init__(self) -> None:
        self.steps = []

    def step(self, step) -> None:
        self.steps.append(step)


def test_observer_hears_of_each_phase_and_of_time_passing():
    """An observer is told at each change of phase and every tick between."""
    log = Log()

    async def main() -> None:
        async with Lookout(log, {Phase.STARTING: 4.0, Phase.MEASURING: 4.0}) as lookout:
            await asyncio.sleep(2.1 * TICK_S)
            lookout.enter(Phase.MEASURING)
            lookout.enter(Phase.MEASURING)

    run_virtual(main())
    phases = [step.doing for step in log.steps]
    assert phases == [Phase.STARTING] * 3 + [Phase.MEASURING] * 2


def test_entering_the_same_phase_again_does_not_restart_it():
    """Progress reports may repeat a phase; its time goes on."""
    log = Log()

    async def main() -> None:
        async with Lookout(log, {Phase.MEASURING: 10.0}) as lookout:
            await asyncio.sleep(4)
            lookout.enter(Phase.MEASURING)

    run_virtual(main())
    assert log.steps[-1].left_s == 6
