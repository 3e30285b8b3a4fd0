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


def test_days_too_full_to_draw_are_left_to_the_tables(hand):
    """A call a minute is a solid bar."""
    record = hand.record([hand.day(grants_s=hand.every(60.0))])
    assert days_shown(record, variant="optimized", fleet=hand.single) == []
    assert day_figure(record, []) is None
