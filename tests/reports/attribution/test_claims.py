"""Laws of the guide's claims beside shares."""

from harness.merchant import Optimization
from harness.rundata import ShareRecord
from reports.attribution.claims import claims_table, interval_words, share_cell, verdicts


def test_every_optimization_has_its_row_and_its_verdict(six):
    """Guide, a column per traffic; and a sentence."""
    table = claims_table(six)
    assert [column.head for column in table.columns] == [
        *("optimization", "guide says", "quiet", "normal", "flaky")
    ]
    rows = {row[0].text: row for row in table.groups[0].rows}
    assert list(rows) == [*six.optimizations]
    assert rows["timeouts"][1].text == "~500 ms"
    assert rows["timeouts"][2].text == "0"
    assert rows["timeouts"][2].tag == "none"
    told = dict(verdicts(six))
    assert list(told) == [*six.optimizations]
    assert "Without trouble" in told["timeouts"]


def test_what_the_guide_does_not_claim_is_empty_with_its_reason(make_record):
    """A dash, and why."""
    table = claims_table(make_record(kinds=("normal",), flags=(Optimization.LATE_ATTACH,)))
    assert table.groups[0].rows[0][1].text == "–"
    assert any("claims nothing" in note for note in table.footnotes)


def test_intervals_are_told_where_they_have_a_width():
    """Equal ends, or none, say nothing."""
    assert interval_words(ShareRecord("x", 1.0, 0.9, 1.1, 0, 0)) == "0.900 to 1.10"
    assert interval_words(ShareRecord("x", 1.0, 1.0, 1.0, 0, 0)) == ""
    assert interval_words(ShareRecord("x", 1.0, None, None, 0, 0)) == ""


def test_cells_are_shaded_by_their_part_of_the_whole():
    """Half is darkest; what counts as nothing is not shaded."""
    assert share_cell(ShareRecord("x", 4.0, 3.9, 4.1, 0, 0), whole=8.0).level == 4
    assert share_cell(ShareRecord("x", 0.1, 0.09, 0.11, 0, 0), whole=8.0).level == 1
    assert share_cell(ShareRecord("x", 4.0, -1.0, 9.0, 0, 0), whole=8.0).level == 0
    assert share_cell(ShareRecord("x", 4.0, 3.9, 4.1, 0, 0)).level == 0
