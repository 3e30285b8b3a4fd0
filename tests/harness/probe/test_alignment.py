"""The mock's clock laid on the shopper's."""

import pytest

from harness.errors import InvalidRunError
from harness.probe.alignment import Alignment, Enclosure, align


def test_one_clock_is_seen_as_one():
    """Where the bounds enclose nothing, no offset is added, and the accuracy covers both bounds."""
    assert align([Enclosure(100, 150, 160, 180), Enclosure(200, 210, 220, 290)]) == Alignment(0, 20)


def test_the_offset_lies_between_the_bounds_of_all_calls():
    """The narrowest bounds of different calls hold together."""
    shifted = [Enclosure(1100, 150, 160, 1190), Enclosure(1200, 240, 250, 1300)]
    found = align(shifted)
    assert found.offset_ns == (960 + 1030) // 2
    assert found.accuracy_ns == 35
    assert found.here_ns(1000) == 1995


def test_clocks_that_cannot_agree_are_refused():
    """A clock that jumped between two calls leaves no offset that fits both."""
    with pytest.raises(InvalidRunError, match="disagree"):
        align([Enclosure(100, 150, 160, 180), Enclosure(5200, 240, 250, 5300)])
