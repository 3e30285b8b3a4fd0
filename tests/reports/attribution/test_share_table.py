"""Laws of the table of all shares."""

from reports.attribution.share_table import share_table


def _rows(table, group):
    return {row[0].text: [cell.text for cell in row[1:]] for row in table.groups[group].rows}


def test_a_group_per_traffic_and_a_row_per_optimization(six):
    """And one for all of them."""
    table = share_table(six)
    assert [group.head.split(":")[0] for group in table.groups] == ["quiet", "normal", "flaky"]
    assert list(_rows(table, 0)) == [*six.optimizations, "all of them"]


def test_alone_share_and_left_out_of_who_needs_another(six):
    """Prefetch: nothing alone, nothing lost while the background refresh is there, a share."""
    share, alone, left_out, *_ = _rows(share_table(six), 0)["prefetch"]
    assert (alone, left_out) == ("0", "0")
    assert float(share) > 0


def test_p99_of_few_is_empty_with_its_reason(make_record):
    """Below a thousand shoppers."""
    table = share_table(make_record(kinds=("normal",), shoppers=60))
    assert _rows(table, 0)["token_cache"][-1] == "–"
    assert _rows(table, 0)["all of them"][-1] == "–"
    assert any("p99" in note for note in table.footnotes)
