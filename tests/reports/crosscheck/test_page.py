"""Laws of the page of a cross-check."""

from dataclasses import replace

import pytest

from harness.errors import ConfigurationError
from reports.crosscheck import render_crosscheck, write_crosscheck_report


def test_the_page_needs_nothing_but_itself(agreeing):
    """No script, font or image from elsewhere."""
    page = render_crosscheck(agreeing)
    for word in ("http://", "https://", "<script", "<img", "@import", "url(http"):
        assert word not in page.replace("http://www.w3.org/", "")


def test_the_heading_is_the_verdict(agreeing, disagreeing, empty):
    """Before anything is drawn."""
    assert '<h1 class="plain">Both clocks agree</h1>' in render_crosscheck(agreeing)
    assert "2 of 6 stages disagree" in render_crosscheck(disagreeing)
    assert "Nothing could be judged" in render_crosscheck(empty)


def test_a_run_that_is_not_to_be_believed_says_so_first(agreeing):
    """Above what it found."""
    page = render_crosscheck(replace(agreeing, troubles=("real: it missed its arrival rate",)))
    assert page.index("it missed its arrival rate") < page.index("Both clocks agree:")
    assert "Not to be believed" in page


def test_it_says_what_virtual_time_cannot_see(agreeing):
    """And how the prediction was made."""
    page = render_crosscheck(agreeing)
    assert "garbage collection" in page
    assert "every wait takes 20.0\N{NO-BREAK SPACE}ms" in page or "every wait takes 20.0 ms" in page


def test_the_page_is_written_whole_or_not_at_all(agreeing, tmp_path):
    """No half page, and a sentence where it cannot be written."""
    out = write_crosscheck_report(agreeing, tmp_path / "report.html")
    assert out.read_text("utf-8") == render_crosscheck(agreeing)
    with pytest.raises(ConfigurationError, match="cannot write report"):
        write_crosscheck_report(agreeing, tmp_path / "no" / "report.html")
