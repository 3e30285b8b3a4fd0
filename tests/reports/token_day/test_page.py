"""Laws of the page of a token day."""

import pytest

from harness.errors import ConfigurationError
from reports.token_day import render_token_day, write_token_day_report


def test_the_page_needs_nothing_but_itself(ordinary):
    """No script, font or image from elsewhere."""
    page = render_token_day(ordinary())
    for word in ("http://", "https://", "<script", "<img", "@import", "url(http"):
        assert word not in page.replace("http://www.w3.org/", "")


def test_the_advice_stands_at_the_top(ordinary):
    """Before any figure."""
    page = render_token_day(ordinary())
    assert page.index("Run optimized with cron") < page.index("<svg")
    assert "Why */45 leaves a gap" in page
    assert "audit ✓" in page


def test_a_fleet_has_its_own_section(hand):
    """With its own advice."""
    days = [hand.day(), hand.day(fleet=hand.fleet, grants_s=(1.0, 2.0, 3.0))]
    page = render_token_day(hand.record(days))
    assert page.count("On 4 processes that live for") >= 2


def test_what_a_record_says_is_escaped(hand):
    """A variant's name comes from somebody's file, a command from a shell."""
    record = hand.record([hand.day()], command=("bkash-bench", "<b>&"))
    assert "&lt;b&gt;&amp;" in render_token_day(record)


def test_what_a_reader_has_to_know_is_told(hand):
    """Notes of the simulations stand beside what was simulated."""
    page = render_token_day(hand.record([hand.day()], notes=("3 connections were refused.",)))
    assert "<li>3 connections were refused.</li>" in page


def test_a_failed_audit_is_seen(hand):
    """Lost money outweighs everything."""
    assert "audit ✗" in render_token_day(hand.record([hand.day(audit_ok=False)]))


def test_the_page_is_written_whole_or_not_at_all(ordinary, tmp_path):
    """No half page, and a sentence where it cannot be written."""
    out = write_token_day_report(ordinary(), tmp_path / "report.html")
    assert out.read_text("utf-8") == render_token_day(ordinary())
    with pytest.raises(ConfigurationError, match="cannot write report"):
        write_token_day_report(ordinary(), tmp_path / "no" / "report.html")
