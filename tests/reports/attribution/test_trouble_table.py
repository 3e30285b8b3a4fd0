"""Laws of telling a saving from payments given up."""

from reports.attribution.trouble_table import trouble_table


def test_only_traffic_with_trouble_is_shown(six, make_record):
    """Where nobody failed, both populations are one."""
    assert [group.head.split(":")[0] for group in trouble_table(six).groups] == ["flaky"]
    assert trouble_table(make_record(kinds=("normal",))) is None


def test_a_saving_by_giving_up_is_no_saving_for_who_paid(six):
    """Timeouts: seconds for all, nothing for those who paid everywhere, ten in a hundred lost."""
    rows = {row[0].text: row[1:] for row in trouble_table(six).groups[0].rows}
    everybody, _, paid, _, failed = rows["timeouts"]
    assert everybody.text == "1.50"
    assert paid.text == "0"
    assert failed.text == "+10.0"
    assert failed.sub.startswith("+")
    assert rows["prefetch"][-1].tag == "none"


def test_p99_of_few_is_empty(make_record):
    """Below a thousand shoppers."""
    table = trouble_table(make_record(kinds=("flaky",), shoppers=60))
    assert table.groups[0].rows[0][2].text == "–"
    assert table.groups[0].rows[-1][2].text == "–"
