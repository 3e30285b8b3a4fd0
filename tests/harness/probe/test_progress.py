"""Where a probe stands."""

import asyncio

import pytest

from harness.probe.progress import Lookout
from harness.simulation import run_virtual


class Watcher:
    def __init__(self):
        self.steps = []

    def step(self, step):
        self.steps.append(step)


def test_time_left_runs_down_between_two_steps():
    """It is told about twice a second, and never below nothing."""
    watcher = Watcher()

    async def main():
        async with Lookout(watcher) as lookout:
            lookout.now("paying", left_s=2.0)
            await asyncio.sleep(3.2)

    run_virtual(main())
    left = [step.left_s for step in watcher.steps]
    assert left[:3] == pytest.approx([2.0, 1.5, 1.0])
    assert left[-1] == 0.0
    assert watcher.steps[-1].done == 1.0
    assert {step.doing for step in watcher.steps} == {"paying"}
