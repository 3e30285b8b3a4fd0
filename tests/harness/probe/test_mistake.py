"""The catalogue of mistakes."""

from harness.probe.mistake import MISTAKES, OBSTACLES
from harness.rundata import Mistake


def test_every_mistake_is_described():
    """Whoever is told of one is told what to do about it, in the order of the names."""
    assert list(MISTAKES) == list(Mistake)
    assert all(entry.title and entry.remedy.endswith(".") for entry in MISTAKES.values())
    assert all(not entry.title.endswith(".") for entry in MISTAKES.values())


def test_obstacles_are_mistakes():
    """What keeps a probe from looking further is found like the others."""
    assert set(OBSTACLES) <= set(Mistake)
