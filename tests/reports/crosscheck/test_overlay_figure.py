"""Laws of the figure that lays both clocks over each other."""

from reports.crosscheck.overlay_figure import overlay_figure


def test_a_panel_per_variant_with_both_clocks(agreeing):
    """Each has its name; the words tell both medians."""
    figure = overlay_figure(agreeing)
    for drawn in (figure.wide, figure.narrow):
        assert drawn.count("sequential") >= 1
        assert drawn.count("overlapped") >= 1
        assert "% of payments" in drawn
    assert "sequential 7.97 s real and 7.95 s virtual" in figure.alt


def test_nobody_paid_nothing_is_drawn(empty):
    """An empty frame would look like a fault of the page."""
    assert overlay_figure(empty) is None
