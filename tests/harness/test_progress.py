"""Laws of telling how far work is."""

import pytest

from harness.progress import Pace


class Watcher:
    def __init__(self):
        self.steps = []

    def step(self, step):
        self.steps.append(step)


def test_nothing_is_said_before_there_is_a_pace():
    """A guess from nothing would be days."""
    watcher = Watcher()
    Pace(watcher, "digging").see(0.0)
    assert watcher.steps == []


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


def test_what_is_expected_is_said_at_once_and_gives_way_to_the_pace():
    """The start of a work is slow, and says little of the rest of it."""
    watcher = Watcher()
    pace = Pace(watcher, "digging", expected_s=1_000.0)
    pace.see(0.0)
    pace.see(0.5)
    first, later = watcher.steps
    assert first.left_s == pytest.approx(1_000.0, rel=0.1)
    assert later.left_s < 50.0
