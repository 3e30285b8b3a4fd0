"""Laws of the page of a what-if."""

import pytest

from harness.errors import ConfigurationError
from reports.whatif import render_whatif, write_whatif_report


def test_the_page_needs_nothing_but_itself(ranked):
    """No script, font or image from elsewhere."""
    page = render_whatif(ranked)
    for word in ("http://", "https://", "<script", "<img", "@import", "url(http"):
        assert word not in page.replace("http://www.w3.org/", "")


def test_what_pays_most_stands_at_the_top(ranked):
    """As two figures and a sentence, before anything is drawn."""
    page = render_whatif(ranked)
    assert page.index("with half of create_payment") < page.index("<svg")
    assert page.index("Halving create_payment takes") < page.index("<svg")
    assert "What stands, whatever is assumed" in page


def test_single_curves_have_their_figures_beside_them(hand):
    """In a table that opens."""
    page = render_whatif(hand.record([hand.stage("create_payment")]))
    assert "The figures behind the curves" in page


def test_where_only_the_tail_gains_the_headline_is_p95(hand):
    """A timeout changes no median."""
    by_value = {5.0: hand.figures(2.7, p95_s=3.0), 10.0: hand.figures(2.7)}
    page = render_whatif(hand.record([hand.setting("timeout", by_value, base=10.0)]))
    assert "optimized, p95" in page


def test_where_nothing_pays_the_headline_says_so(hand):
    """No arrow from nothing to nothing."""
    by_value = {5.0: hand.figures(2.7), 10.0: hand.figures(2.7)}
    record = hand.record([hand.setting("timeout", by_value, base=10.0)])
    assert "No better value than now" in render_whatif(record)
    idle = hand.record([hand.stage("token_grant")], variants=hand.record([]).variants[1:])
    assert "Nothing pays" in render_whatif(idle)


def test_what_a_reader_has_to_know_is_told(hand):
    """Notes of the simulations stand beside what was simulated."""
    record = hand.record([hand.stage("create_payment")], notes=("3 connections were refused.",))
    assert "<li>3 connections were refused.</li>" in render_whatif(record)


def test_the_page_is_written_whole_or_not_at_all(ranked, tmp_path):
    """No half page, and a sentence where it cannot be written."""
    out = write_whatif_report(ranked, tmp_path / "report.html")
    assert out.read_text("utf-8") == render_whatif(ranked)
    with pytest.raises(ConfigurationError, match="cannot write report"):
        write_whatif_report(ranked, tmp_path / "no" / "report.html")
