"""Laws of the axes of curves."""

from itertools import pairwise

import pytest
from matplotlib.figure import Figure

from reports.whatif.axes import is_even_in_ratios, label_endings, place_values


@pytest.fixture
def axes():
    return Figure().add_subplot()


def test_factors_are_linear_with_round_ticks(hand, axes):
    """A stage that is waited for entirely is a straight line, and a bend means something."""
    sweep = hand.stage("create_payment")
    assert not is_even_in_ratios(sweep)
    place_values(axes, sweep)
    assert axes.get_xscale() == "linear"
    ticks = [tick.get_text() for tick in axes.get_xticklabels()]
    assert {"×0.5", "×1", "×2"} <= set(ticks)
    assert len(axes.lines) == 1


def test_ranges_that_reach_far_stand_in_ratios(hand, axes):
    """Two and 3,600 shoppers an hour, or a hundredth and a hundredfold."""
    by_value = {v: hand.figures(2.7) for v in (2.0, 60.0, 3_600.0)}
    assert is_even_in_ratios(hand.setting("rate", by_value, unit="per_hour", base=60.0))
    sweep = hand.stage("create_payment", (0.01, 1.0, 100.0))
    assert is_even_in_ratios(sweep)
    place_values(axes, sweep)
    assert axes.get_xscale() == "log"


def test_a_range_from_zero_is_linear(hand, axes):
    """Zero has no ratio."""
    by_value = {v: hand.figures(2.7) for v in (0.0, 0.1, 0.2, 0.3)}
    sweep = hand.setting("round_trip", by_value, base=0.0)
    assert not is_even_in_ratios(sweep)
    place_values(axes, sweep)
    assert axes.get_xscale() == "linear"
    assert axes.lines == [] or len(axes.lines) == 0


def test_shares_are_written_in_per_cent(hand, axes):
    """A fiftieth is 2 %."""
    by_value = {v: hand.figures(2.7) for v in (0.0, 0.025, 0.05)}
    place_values(axes, hand.setting("tail", by_value, unit="share", base=0.01))
    assert "2 %" in [label.get_text() for label in axes.get_xticklabels()]


def test_a_narrow_range_still_has_two_ticks(hand, axes):
    """Its ends."""
    place_values(axes, hand.stage("create_payment", (0.6, 0.7, 0.9)))
    assert len(axes.get_xticks()) >= 2


def test_labels_never_overlap_and_stay_inside(hand, axes):
    """Fourteen pixels apart, whatever the lines do."""
    axes.set_ylim(0, 10)
    endings = [(name, 1.0, 9.9, "#010203", False) for name in "abcd"]
    label_endings(axes, endings, height_px=250)
    offsets = sorted(text.xyann[1] for text in axes.texts)
    gaps = [b - a for a, b in pairwise(offsets)]
    assert all(gap == pytest.approx(14) for gap in gaps)
    assert offsets[-1] <= 0.1 * 25 + 1e-9
    label_endings(axes, [], height_px=250)
