"""Laws of the day's figure."""

from reports.figures import Width
from reports.token_day.day_figure import day_figure, days_shown


def test_a_row_per_schedule_with_its_outcome(hand, ordinary):
    """Labels are text, so that they can be read and searched."""
    record = ordinary()
    days = days_shown(record, variant="optimized", fleet=hand.single)
    assert [day.schedule for day in days] == [s.name for s in record.schedules]
    figure = day_figure(record, days)
    for words in ("*/45", "refresher", "2 of 48 waited", "in the worst hour"):
        assert words in figure.wide
        assert words in figure.narrow
    assert "2 of 48 waited" in figure.alt
    assert f"0 0 {Width.WIDE.px}" in figure.wide


def test_over_the_limit_is_drawn_in_another_colour(hand):
    """Red where bKash would block."""
    quiet = hand.record([hand.day()])
    over = hand.record([hand.day(grants_s=(100.0, 200.0, 300.0))])

    def drawn(record):
        shown = days_shown(record, variant="optimized", fleet=hand.single)
        return day_figure(record, shown).wide

    assert "var(--gateway)" not in drawn(quiet)
    assert "var(--gateway)" in drawn(over)


def test_equal_records_draw_equal_figures(hand, ordinary):
    """Byte for byte."""
    record = ordinary()
    days = days_shown(record, variant="stored", fleet=hand.single)
    assert day_figure(record, days) == day_figure(record, days)


def test_a_day_full_of_calls_is_drawn_with_as_many_as_can_be_told_apart(hand):
    """A call every ten seconds is a row of its own, and no thousand lines."""
    full = hand.record([hand.day(grants_s=hand.every(10.0), refreshes_s=())])
    sparse = hand.record([hand.day(grants_s=hand.every(600.0), refreshes_s=())])

    def drawn(record):
        shown = days_shown(record, variant="optimized", fleet=hand.single)
        assert len(shown) == 1
        return day_figure(record, shown).wide

    assert len(drawn(full)) < 10 * len(drawn(sparse))
    assert day_figure(full, []) is None
