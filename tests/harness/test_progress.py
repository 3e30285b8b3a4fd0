"""Laws of telling how far work is."""

import pytest

from harness import progress
from harness.clock import NS_PER_S
from harness.progress import Pace


class Watcher:
    def __init__(self):
        self.steps = []

    def step(self, step):
        self.steps.append(step)


class Time:
    """The time that passes where work says so."""

    def __init__(self):
        self.now_s = 0.0

    def monotonic_ns(self) -> int:
        return round(self.now_s * NS_PER_S)


@pytest.fixture
def time(monkeypatch):
    made = Time()
    monkeypatch.setattr(progress, "monotonic_ns", made.monotonic_ns)
    return made


def see(watcher, time, *points):
    """Let the share done be so much at such times, and return what is said to be left."""
    pace = Pace(watcher, "digging")
    for time.now_s, done in points:
        pace.see(done)
    return [step.left_s for step in watcher.steps]


def test_no_time_left_is_said_before_there_is_a_pace(time):
    """A guess from the start of the processes would be many times too long."""
    assert see(Watcher(), time, (0, 0.0), (7, 0.01), (7.5, 0.02)) == [None, None, None]


def test_the_start_of_the_processes_does_not_count_to_the_pace(time):
    """Ten seconds of imports, then a hundredth in each second: 89 seconds after eleven."""
    left_s = see(Watcher(), time, (0, 0.0), (10, 0.01), (20, 0.11), (60, 0.51))
    assert left_s == [None, None, pytest.approx(89), pytest.approx(49)]


def test_the_estimate_follows_the_pace(time):
    """What turns out to be slower is said to take longer."""
    left_s = see(Watcher(), time, (0, 0.0), (1, 0.1), (2, 0.2), (20, 0.5))
    assert left_s[2:] == [pytest.approx(8), pytest.approx(23.75)]


def test_work_without_parts_is_at_its_end_at_once(time):
    """Nothing is left, whatever the pace."""
    assert see(Watcher(), time, (3, 1.0)) == [0.0]


def test_the_share_done_is_that_of_the_whole():
    """Work that is half of the whole ends at a half, with nothing of it left."""
    watcher = Watcher()
    pace = Pace(watcher, "digging", share=0.5)
    pace.see(0.5)
    pace.see(1.0)
    assert [(step.doing, step.done) for step in watcher.steps] == [
        ("digging", 0.25),
        ("digging", 0.5),
    ]
    assert watcher.steps[-1].left_s == 0


def test_a_bar_does_not_run_backwards():
    """Work that grew while it was done keeps the bar where it is."""
    watcher = Watcher()
    pace = Pace(watcher, "digging")
    pace.see(0.5)
    pace.see(0.3)
    assert [step.done for step in watcher.steps] == [0.5, 0.5]
