"""Laws of where panels stand."""

import pytest

from reports.crosscheck.panel_grid import PanelGrid
from reports.figures import Width


@pytest.mark.parametrize("width", list(Width))
@pytest.mark.parametrize("panels", [1, 2, 5, 7])
def test_panels_lie_within_the_figure_and_apart(panels, width):
    """Whatever their number."""
    grid = PanelGrid(
        panels,
        {Width.WIDE: 3, Width.NARROW: 2},
        panel_px=100,
        left_px=20,
        right_px=10,
        head_px=30,
        foot_px=20,
    )
    boxes = [grid.place(width, number) for number in range(panels)]
    for left, bottom, wide, high in boxes:
        assert 0 <= left < left + wide <= 1
        assert -1e-9 <= bottom < bottom + high <= 1
    for one in range(panels):
        for other in range(one):
            (l1, b1, w1, h1), (l2, b2, w2, h2) = boxes[one], boxes[other]
            assert l1 >= l2 + w2 or l2 >= l1 + w1 or b1 >= b2 + h2 or b2 >= b1 + h1
    rows = -(-panels // grid.columns[width])
    assert grid.height_px(width) == rows * 150
