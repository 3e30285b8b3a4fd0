"""Laws of where small multiples lie."""

from itertools import combinations

import pytest

from reports.attribution.panel_grid import PanelGrid
from reports.figures import Width


@pytest.mark.parametrize("width", Width)
@pytest.mark.parametrize("traffic", [1, 4])
@pytest.mark.parametrize("statistics", [3, 4])
def test_panels_lie_inside_and_apart(width, traffic, statistics):
    """Nobody draws over anybody."""
    grid = PanelGrid(width, traffic, statistics, bars=6)
    places = [grid.place(c, r) for c in range(traffic) for r in range(statistics)]
    for left, bottom, wide, high in places:
        assert left > 0
        assert bottom > 0
        assert left + wide <= 1 + 1e-9
        assert bottom + high < 1
    for one, other in combinations(places, 2):
        beside = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
        above = one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1]
        assert beside or above


def test_names_stand_at_the_left_of_every_line():
    """Wide: the first column. Narrow: the first of each pair of statistics."""
    wide, narrow = (PanelGrid(width, 2, 4, 6) for width in Width)
    assert [wide.has_names(column, 1) for column in range(2)] == [True, False]
    assert [narrow.has_names(1, row) for row in range(4)] == [True, False, True, False]
    assert [wide.has_title(row) for row in range(2)] == [True, False]


def test_one_kind_of_traffic_does_not_waste_the_page():
    """Its statistics stand two beside each other, as on a phone."""
    alone, several = PanelGrid(Width.WIDE, 1, 4, 6), PanelGrid(Width.WIDE, 4, 4, 6)
    assert alone.height_px < several.height_px
    assert [alone.has_names(0, row) for row in range(4)] == [True, False, True, False]
