"""Laws of judging a setting."""

from harness.rundata.token_day import Disturbance
from reports.token_day.outlook import find_outlook, outlooks, worst_of


def test_the_worst_hour_of_all_days_decides(hand):
    """A restart that makes a third call makes the setting unsafe."""
    quiet = hand.day(grants_s=(0.0,), refreshes_s=(2_700.0, 5_400.0))
    restart = hand.day(
        grants_s=(0.0, 2_760.0),
        refreshes_s=(2_700.0,),
        disturbance=Disturbance.RESTART,
        disturbed_at_s=2_760.0,
    )
    (setting,) = outlooks(hand.record([quiet, restart]), hand.single)
    assert worst_of(quiet).calls == 2
    assert (setting.worst, setting.worst_of_all) == (2, 3)
    assert setting.worst_with(Disturbance.RESTART) == 3
    assert setting.worst_with(Disturbance.EXTRA_CALL) is None
    assert not setting.is_safe


def test_waits_and_shoppers_are_those_of_ordinary_days(hand):
    """A mishap is not what a shop runs into every day."""
    days = [
        hand.day(rate_per_hour=2.0, payments=48, waited_at_s=(1.0,), waited_s=(2.0,)),
        hand.day(rate_per_hour=10.0, payments=240),
        hand.day(disturbance=Disturbance.RESTART, waited_at_s=(1.0, 2.0), waited_s=(2.0, 2.0)),
    ]
    (setting,) = outlooks(hand.record(days), hand.single)
    assert (setting.waited, setting.payments) == (1, 288)
    assert setting.waited_with(Disturbance.RESTART) == 2
    assert setting.waited_with(Disturbance.EXTRA_CALL) is None


def test_a_gap_is_there_whether_anybody_falls_into_it_or_not(hand):
    """A token of an hour is sent for 59 minutes; the mean of the days counts."""
    gap = hand.day(grants_s=(0.0, 3_600.0, 7_000.0), refreshes_s=())
    none = hand.day(rate_per_hour=6.0, grants_s=(0.0,), refreshes_s=(3_000.0,))
    (setting,) = outlooks(hand.record([gap, none]), hand.single)
    assert setting.uncovered_s == 30.0
    restart = hand.day(disturbance=Disturbance.RESTART)
    (setting,) = outlooks(hand.record([restart]), hand.single)
    assert setting.uncovered_s == 0.0


def test_fleets_are_kept_apart(hand):
    """What one process does says nothing about four."""
    record = hand.record([hand.day(), hand.day(fleet=hand.fleet, grants_s=(1.0, 2.0, 3.0))])
    assert outlooks(record, hand.single)[0].is_safe
    assert not outlooks(record, hand.fleet)[0].is_safe


def test_settings_come_in_the_records_order_and_are_found_by_name(hand, ordinary):
    """Variant after variant, each under every schedule."""
    record = ordinary()
    settings = outlooks(record, hand.single)
    assert [s.variant for s in settings[:6]] == ["sequential"] * 5 + ["stored"]
    assert find_outlook(settings, variant="stored", schedule="none") is settings[9]
    assert find_outlook(settings, variant="stored", schedule="@hourly") is None
