"""Laws of the figure of one variant's stages."""

from reports.whatif.hero_figure import hero_figure


def test_median_and_p95_of_the_variant_to_speak_of(ranked):
    """Named are stages that move it, and no others."""
    figure = hero_figure(ranked)
    for words in ("median, change in seconds", "p95, change in seconds", "create", "insert"):
        assert words in figure.wide
        assert words in figure.narrow
    assert "grant" not in figure.wide
    assert "create_payment 0.500 s and 0.650 s" in figure.alt
    assert "optimized" in figure.alt


def test_without_stages_or_payments_there_is_none(hand, ranked):
    """Settings have curves of their own."""
    setting = hand.setting("timeout", {10.0: hand.figures(2.7)}, base=10.0)
    assert hero_figure(hand.record([setting])) is None
    base = {"sequential": hand.figures(7.5), "optimized": hand.figures(None)}
    assert hero_figure(hand.record(list(ranked.sweeps), base=base)) is None
