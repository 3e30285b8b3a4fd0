"""Laws of the meter."""

import os

import psutil
import pytest

from harness.clock import NS_PER_S
from harness.lab import meter as meter_module
from harness.lab.meter import WINDOW_S, Meter
from harness.simulation import run_virtual


class FakeProcess:
    """A process whose processor time is set by the test."""

    cpu_s = 0.0
    rss = 0
    gone = False

    def __init__(self, pid: int) -> None:
        if pid == 0:
            raise psutil.NoSuchProcess(pid)

    def oneshot(self):
        if FakeProcess.gone:
            raise psutil.NoSuchProcess(1)
        return pytest.MonkeyPatch.context()

    def cpu_times(self):
        return type("Times", (), {"user": FakeProcess.cpu_s, "system": 0.0})

    def memory_info(self):
        return type("Memory", (), {"rss": FakeProcess.rss})


@pytest.fixture
def process(monkeypatch):
    monkeypatch.setattr(meter_module.psutil, "Process", FakeProcess)
    FakeProcess.cpu_s, FakeProcess.rss, FakeProcess.gone = 100.0, 7, False
    return FakeProcess


def metered(process, seconds_of_cpu):
    """Look once a virtual second at a process that used the given processor time in each."""

    async def main() -> Meter:
        import asyncio

        meter = Meter()
        meter.add({"it": 1})
        for cpu_s in seconds_of_cpu:
            await asyncio.sleep(1)
            process.cpu_s += cpu_s
            meter.look()
        return meter

    return run_virtual(main()).usage("it")


def test_processor_time_counts_from_the_first_look(process):
    """What a process used before it was metered (its imports) is not charged."""
    usage = metered(process, [0.5, 0.25])
    assert usage.cpu_s == pytest.approx(0.75)
    assert usage.cpu_share == pytest.approx(0.375)


def test_peak_is_the_largest_mean_over_a_window(process):
    """A burst shorter than the window counts with the quiet around it."""
    usage = metered(process, [0, 0, 1, 1, 1, 0, 0, 0, 0, 0])
    assert usage.cpu_share_peak == pytest.approx(3 / WINDOW_S)


def test_peak_of_a_short_watch_does_not_exist(process):
    """A share over less than a window is no share."""
    assert metered(process, [1, 1]).cpu_share_peak is None


def test_memory_is_the_largest_seen(process):
    """Memory that was given back still had to be there."""

    async def main() -> Meter:
        meter = Meter()
        meter.add({"it": 1})
        process.rss = 90
        meter.look()
        process.rss = 50
        meter.look()
        return meter

    assert run_virtual(main()).usage("it").memory_bytes == 90


def test_ended_process_keeps_what_was_seen(process):
    """A process that has ended is passed over, and its figures stay."""

    async def main() -> Meter:
        meter = Meter()
        meter.add({"it": 1, "never": 0})
        process.gone = True
        meter.look()
        return meter

    meter = run_virtual(main())
    assert meter.usage("it").memory_bytes == 7
    assert meter.usage("never") is None


async def test_real_process_uses_memory():
    """The meter reads this very process."""
    meter = Meter()
    meter.add({"me": os.getpid()})
    usage = meter.usage("me")
    assert usage is not None
    assert usage.memory_bytes > 1_000_000
    assert usage.cpu_s < NS_PER_S
