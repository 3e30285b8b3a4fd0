"""The probe's page."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from harness.errors import ConfigurationError
from reports.probe.page import render_probe as render, write_probe_report


def render_probe(record) -> str:
    """The page with plain spaces, where it keeps figures and units together."""
    return render(record).replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_is_one_file(record, finding):
    """Nothing is loaded from anywhere."""
    page = render_probe(record(finding))
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', page) == []
    assert "url(http" not in page
    assert page.startswith("<!DOCTYPE html>")


def test_the_page_holds_evidence_cost_and_remedy(record, finding):
    """Escaped: what a shop answers may be anything."""
    page = render_probe(record(finding))
    assert "a, b run one after the other: &lt;0.5 s&gt;." in page
    assert "0.50 s per payment." in page
    assert "Run them at once." in page


def test_the_page_says_how_exact_it_is(record):
    """The accuracy of the clocks, and how well the shop's own account agrees."""
    page = render_probe(record())
    assert "±0.400 ms" in page
    assert "0.500 % apart" in page
    assert "bkash-bench probe --target &#39;my shop.toml&#39;" in page


def test_only_waits_of_the_gateway_are_the_profiles(record):
    """The database is the shop's own."""
    page = render_probe(record())
    assert "always 1 s" in page
    assert "validate_user" not in page


def test_a_lesser_finding_is_marked_as_one(record, finding):
    """What costs nothing here does not stand in red among what does."""
    page = render_probe(record(finding, replace(finding, cost_s=0.0)))
    assert page.count('<article class="finding lesser">') == 1
    assert page.count('<article class="finding">') == 1


def test_tables_of_sentences_can_be_read_on_a_phone(record):
    """Stacked there, so each cell carries the head of its column."""
    page = render_probe(record())
    assert page.count('class="claims stack"') == page.count('class="stack"') == 1
    assert 'data-head="what its shopper saw"' in page
    assert 'data-head="callback, s"' in page


def test_a_probe_that_failed_still_has_a_page(record, finding):
    """It says so at its top and draws nothing."""
    page = render_probe(
        record(
            finding,
            probed=False,
            figures=None,
            clock_accuracy_s=None,
            payments=(),
            agreements=(),
            app_key=None,
        )
    )
    assert "The shop could not be probed" in page
    assert "not probed ✗" in page
    assert "<svg" not in page


def test_headings_come_in_order(record, finding):
    """Readers by ear find their way."""
    levels = [int(level) for level in re.findall(r"<h([1-6])", render_probe(record(finding)))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_report_is_written_whole_or_not_at_all(record, tmp_path):
    """A place that cannot be written to is told in a sentence."""
    out = write_probe_report(record(), tmp_path / "report.html")
    assert out.read_text().rstrip().endswith("</html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(ConfigurationError, match="cannot write report"):
        write_probe_report(record(), tmp_path / "no" / "report.html")
