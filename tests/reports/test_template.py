"""Laws of filling in templates."""

import jinja2
import pytest

from harness.errors import ConfigurationError
from reports.template import render, write_page


def test_facts_are_escaped():
    """What a user named is text on the page and never markup."""
    page = render("frame.html.j2", title="<script>alert(1)</script>")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_missing_fact_is_an_error():
    """A page with a hole in it is not written."""
    with pytest.raises(jinja2.UndefinedError):
        render("frame.html.j2")


def test_a_figure_and_its_unit_stay_on_one_line():
    """No line ends between a number and what it counts."""
    assert "7.5\N{NO-BREAK SPACE}s to go" in render("frame.html.j2", title="7.5 s to go")


def test_a_page_is_written_whole_or_not_at_all(tmp_path):
    """What cannot be written is told with its place."""
    out = write_page("<p>৳</p>", tmp_path / "page.html")
    assert out.read_text("utf-8") == "<p>৳</p>"
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
    with pytest.raises(ConfigurationError, match="cannot write report"):
        write_page("<p></p>", tmp_path / "no" / "page.html")
