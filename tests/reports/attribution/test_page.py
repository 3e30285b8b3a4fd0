"""Laws of the attribution's page."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from harness.errors import ConfigurationError
from harness.merchant import Optimization
from reports.attribution import render_attribution, write_attribution_report


@pytest.fixture(scope="module")
def page(six):
    return render_attribution(six)


def test_page_is_self_contained(page):
    """No script, font, style or image from anywhere else."""
    assert not re.search(r"<(script|link|img|iframe)\b", page)
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert not re.search(r"url\((?!#)", page)


def test_every_question_has_its_section(page):
    """In the order of ten seconds, two minutes, an hour; headings skip no level."""
    titles = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert titles == [
        "Who saves what",
        "What the guide claims",
        "Together and apart",
        "On a bad day",
        "What it costs",
        "How savings are shared out",
        "How to run it again",
    ]
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_tags_are_balanced(page):
    """What is opened is closed."""
    open_tags: list[str] = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag not in {"meta", "br", "path", "use", "rect", "circle"}:
                open_tags.append(tag)

        def handle_startendtag(self, tag, attrs):
            pass

        def handle_endtag(self, tag):
            if tag not in {"path", "use", "rect", "circle"}:
                assert open_tags.pop() == tag

    Balance().feed(page)
    assert open_tags == []


def test_ids_are_unique_and_labels_exist(page):
    """Sections are named by headings that are there, once."""
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(ids)


def test_figures_have_words_for_who_does_not_see_them(page):
    """Each drawing has its alternative text."""
    drawings = re.findall(r"<svg[^>]*>", page)
    assert drawings
    assert all('role="img"' in svg and "aria-label=" in svg for svg in drawings)


def test_without_trouble_there_is_no_bad_day(make_record):
    """A section without content is left out; pairs that leave each other alone are said."""
    page = render_attribution(make_record(kinds=("normal",)))
    assert "On a bad day" not in page
    assert "Each is worth what it is worth by itself" in page


def test_one_optimization_has_a_page_too(make_record):
    """Two sets, no pairs."""
    page = render_attribution(make_record(kinds=("flaky",), flags=(Optimization.TIMEOUTS,)))
    assert "1 optimization," in page
    assert "The interaction of every pair" not in page


def test_a_violated_audit_stands_at_the_top(six):
    """Wrong money comes before every saving, with the set that did it."""
    traffic = six.traffic[0]
    cells = (*traffic.cells[:3], replace(traffic.cells[3], audit_ok=False), *traffic.cells[4:])
    page = render_attribution(replace(six, traffic=(replace(traffic, cells=cells),)))
    assert "audit ✗" in page
    assert "token_cache + early_refresh: the ledger audit found a violation" in page
    assert page.index("The ledger does not add up") < page.index("Who saves what")


def test_report_is_written_whole_or_not_at_all(six, tmp_path):
    """No half page, and a place that cannot be written is told."""
    out = write_attribution_report(six, tmp_path / "report.html")
    assert out.read_text().startswith("<!DOCTYPE html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(ConfigurationError, match="cannot write report"):
        write_attribution_report(six, tmp_path / "gone" / "report.html")
