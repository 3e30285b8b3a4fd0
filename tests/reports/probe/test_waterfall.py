"""The probe's waterfall."""

from reports.probe.strip import make_strip
from reports.probe.waterfall import strips_figure


def strips(make_payment, *slower_s: float):
    return [make_strip(make_payment(n + 1, slower_s=s)) for n, s in enumerate(slower_s)]


def test_the_median_payment_is_told_in_words(make_payment):
    """Who cannot see the figure reads the payment that stands for all."""
    figure = strips_figure(strips(make_payment, 0.0, 1.0, 0.5))
    assert "Payment 3, nearest the median, took 3.20 s" in figure.alt
    assert "create 1.00 s" in figure.alt


def test_the_thick_bar_is_labelled_as_the_payment_that_it_is(make_payment):
    """Of an even number no payment is the median, so none is called so."""
    figure = strips_figure(strips(make_payment, 0.0, 1.0, 0.5, 2.0))
    for line in (">payment 3,<", ">nearest the<"):
        assert line in figure.wide
    assert "med." not in figure.narrow


def test_every_bar_has_its_figure_on_hover(make_payment):
    """A call says its length and whether it opened a connection, the rest whose time it is."""
    figure = strips_figure(strips(make_payment, 0.0, 0.5))
    for svg in (figure.wide, figure.narrow):
        assert "<title>create: 1,000 ms, on a new connection</title>" in svg
        assert svg.count("ms of the shop's own time</title>") == 3


def test_the_figure_is_text_in_the_pages_colours(make_payment):
    """No stand-in colour is left, and labels stay searchable."""
    svg = strips_figure(strips(make_payment, 0.0)).wide
    assert "#0102" not in svg
    assert ">execute<" in svg


def test_nothing_to_draw_is_no_figure():
    """A probe that failed at the door has no waterfall."""
    assert strips_figure([]) is None
