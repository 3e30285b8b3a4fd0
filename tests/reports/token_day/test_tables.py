"""Laws of the tables of a token day."""

from harness.rundata.token_day import Disturbance
from reports.token_day.tables import mishap_table, schedule_table, settings_table


def cells(table, group=0):
    return [[cell.text for cell in row] for row in table.groups[group].rows]


def test_every_variant_stands_under_every_schedule(hand, ordinary):
    """Worst hours, those over the limit marked, waits below."""
    table = settings_table(ordinary(), hand.single)
    assert [column.head for column in table.columns][1:] == [
        "*/45",
        "0 * * * *",
        "*/5",
        "refresher",
        "none",
    ]
    sequential, stored, _ = table.groups[0].rows
    assert sequential[1].tag == "over"
    assert sequential[1].level == 4
    assert stored[1].sub == "2 waited"
    assert "longest 2.10 s" in stored[1].reason
    assert stored[3].level == 0
    assert any("keeps no token" in note for note in table.notes)


def test_a_day_that_was_not_simulated_is_a_dash_with_its_reason(hand):
    """Nothing is made up."""
    table = settings_table(hand.record([hand.day()]), hand.single)
    assert cells(table)[0][1:] == ["–"] * 5
    assert any("not simulated" in note for note in table.footnotes)


def test_mishaps_are_told_with_their_change(hand):
    """One restart, one more call."""
    days = [
        hand.day(grants_s=(0.0,), refreshes_s=(2_700.0,)),
        hand.day(
            grants_s=(0.0, 100.0),
            refreshes_s=(2_700.0,),
            disturbance=Disturbance.RESTART,
            waited_at_s=(5.0,),
            waited_s=(2.0,),
        ),
    ]
    table = mishap_table(hand.record(days), hand.single)
    optimized = table.groups[0].rows[-1]
    assert optimized[-1].text == "3"
    assert optimized[-1].sub == "+1 call, +1 waited"
    assert optimized[-1].tag == "over"
    assert len(table.groups) == 1
    assert mishap_table(hand.record(days[:1]), hand.single) is None


def test_what_cron_makes_of_a_line_is_spelt_out(hand):
    """:00 and :45, 45 and 15 minutes apart."""
    rows = cells(schedule_table(hand.record([hand.day()])))
    assert rows[0] == ["*/45 * * * *", ":00 and :45", "45 and 15", "48", "2"]
    assert rows[2][1:] == ["every 5 minutes from :00", "5", "288", "12"]
