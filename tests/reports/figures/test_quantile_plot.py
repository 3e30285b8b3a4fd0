"""The quantile plot."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, strategies as st

from reports import Analysis
from reports.figures import quantile_figure
from reports.figures.quantile_plot import spread_labels, survival_curve

Make = Callable[..., Analysis]


def test_curve_runs_from_the_fastest_to_the_slowest() -> None:
    """At depth 1 lies p90, at the end the largest of n."""
    depth, time_s = survival_curve(np.arange(1000, 0, -1.0))
    assert depth[0] == 0
    assert depth[-1] == pytest.approx(3)
    assert time_s[0] == 1
    assert time_s[-1] == 1000
    assert np.interp(1.0, depth, time_s) == pytest.approx(901, abs=2)
    assert (np.diff(time_s) >= 0).all()


@given(st.lists(st.floats(0, 100), min_size=1, max_size=9), st.floats(0.1, 20))
def test_labels_never_overlap_and_keep_their_order(wanted: list[float], gap: float) -> None:
    """All at least a gap apart, in the order of their lines."""
    placed = spread_labels(np.array(wanted), gap=gap)
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(placed[order]) >= gap * (1 - 1e-6)).all()


def test_labels_with_room_stay_where_they_are() -> None:
    """Moved only if necessary, and around the middle of those that touch."""
    assert spread_labels(np.array([1.0, 9.0, 5.0]), gap=2.0).tolist() == [1.0, 9.0, 5.0]
    assert spread_labels(np.array([5.0, 5.0]), gap=2.0).tolist() == [4.0, 6.0]


def test_every_line_is_named_at_its_end(seven: Analysis) -> None:
    """No legend."""
    figure = quantile_figure(seven)
    assert figure is not None
    for variant in seven.variants:
        assert f">{variant.name}</text>" in figure.wide
    assert "optimized 2.74 s at p50" in figure.alt
    assert "99 %" in figure.wide


def test_deep_runs_show_deeper_shares(make_run: Make) -> None:
    """99.9 % needs a thousand payments."""
    figure = quantile_figure(make_run(variants=("sequential",), arrivals=1200))
    assert figure is not None
    assert "99.9 %" in figure.wide


def test_one_payment_is_no_line(make_run: Make) -> None:
    """A line needs two points."""
    assert quantile_figure(make_run(arrivals=1, warmup_arrivals=0)) is None
    assert quantile_figure(make_run(arrivals=3, warmup_arrivals=0)) is not None
