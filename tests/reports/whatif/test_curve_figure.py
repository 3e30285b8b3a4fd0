"""Laws of the curves."""

from reports.whatif.curve_figure import curve_figure


def test_every_variant_is_named_on_its_line(hand):
    """No legend where a label fits."""
    record = hand.record([hand.stage("create_payment")])
    figure = curve_figure(record, record.sweeps[0])
    for words in ("sequential", "optimized", "median payment time", "p95, seconds", "×0.5"):
        assert words in figure.wide
        assert words in figure.narrow
    assert "optimized 1.95 s at ×0.25" in figure.alt


def test_failures_have_a_panel_of_their_own(hand):
    """Whoever gives up early looks fast."""
    by_value = {2.0: hand.figures(1.0, failed=50), 10.0: hand.figures(2.7)}
    record = hand.record([hand.setting("timeout", by_value, base=10.0)])
    assert "payments that fail" in curve_figure(record, record.sweeps[0]).wide


def test_without_payments_there_is_no_curve(hand):
    """Nothing is drawn of nothing."""
    sweep = hand.setting("timeout", {2.0: hand.figures(None)}, base=10.0)
    points = tuple(
        type(p)(p.value, {v: hand.figures(None) for v in p.figures}) for p in sweep.points
    )
    sweep = type(sweep)(sweep.name, sweep.kind, sweep.unit, sweep.base, points)
    assert curve_figure(hand.record([sweep]), sweep) is None


def test_equal_records_draw_equal_curves(hand):
    """Byte for byte."""
    record = hand.record([hand.stage("create_payment")])
    assert curve_figure(record, record.sweeps[0]) == curve_figure(record, record.sweeps[0])
