"""Laws of the tables of a cross-check."""

from reports.crosscheck.tables import payment_table, stage_table
from reports.units import NONE


def test_a_row_per_variant_with_both_clocks(agreeing):
    """Figures, what was added, what was predicted, and a word."""
    table = payment_table(agreeing)
    (group,) = table.groups
    assert [row[0].text for row in group.rows] == ["sequential", "overlapped"]
    assert [cell.text for cell in group.rows[0][1:4]] == ["7.52", "7.50", "+20.0"]
    assert group.rows[0][-2].text == "100"
    assert group.rows[0][-1].text == "within"
    assert all(len(row) == len(table.columns) for row in group.rows)


def test_stages_stand_in_the_order_of_a_payment(agreeing):
    """Under their variant; the whole payment is not among them."""
    table = stage_table(agreeing)
    assert [group.head for group in table.groups] == ["sequential", "overlapped"]
    for group in table.groups:
        names = [row[0].text for row in group.rows]
        assert names == ["validate_user", "token_grant", "create_payment"]
        assert all(len(row) == len(table.columns) for row in group.rows)


def test_what_was_not_judged_says_why(agreeing, empty):
    """A dash has a reason."""
    unpredicted = stage_table(agreeing).groups[0].rows[1]
    assert unpredicted[-2].text == NONE
    assert "fewer than 30" in unpredicted[-2].reason
    assert unpredicted[-1].text == "too few"
    assert payment_table(empty).groups[0].rows[0][1].reason == "never seen on this clock"
