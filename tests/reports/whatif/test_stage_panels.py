"""Laws of the stages' small multiples."""

from reports.whatif.stage_panels import stage_panels


def test_a_panel_per_variant_with_the_stages_that_matter(ranked):
    """Three are named, in short words."""
    figure = stage_panels(ranked, "p50_s", name="medians")
    for words in ("sequential", "optimized", "create", "execute", "grant"):
        assert words in figure.wide
    assert "token_grant saves 1.00 s" in figure.alt


def test_without_stages_there_are_no_panels(hand):
    """Settings have curves of their own."""
    record = hand.record([hand.setting("timeout", {10.0: hand.figures(2.7)}, base=10.0)])
    assert stage_panels(record, "p50_s", name="medians") is None
