"""Laws of reading a crontab line."""

import math

import pytest
from hypothesis import given, strategies as st

from harness.errors import ConfigurationError
from harness.load.cron import CronLine, parse_cron

HOUR_S, DAY_S = 3_600.0, 86_400.0


def test_the_guides_line_fires_at_00_and_45_and_not_every_45_minutes():
    """A step walks through the minutes of an hour and begins anew at the next."""
    line = parse_cron("*/45 * * * *")
    assert list(line.fires_s(2 * HOUR_S)) == [0, 2_700, 3_600, 6_300]
    assert line.gaps_s(DAY_S) == [900, 2_700]
    assert line.minutes() == (0, 45)


def test_a_whole_line_of_the_guide_is_understood():
    """What stands behind the fifth field is the command, whatever it looks like."""
    line = parse_cron('*/45 * * * * curl "https://yourdomain.com/api/cron?secret=s"')
    assert line == CronLine("*/45 * * * *")
    assert line.command.startswith("curl")
    assert str(line) == "*/45 * * * *"


@pytest.mark.parametrize(
    ("expression", "first"),
    [
        ("*/50 * * * *", [0, 3_000, 3_600, 6_600]),
        ("0 * * * *", [0, 3_600, 7_200]),
        ("@hourly", [0, 3_600, 7_200]),
        ("15,45 * * * *", [900, 2_700, 4_500]),
        ("10-20/5 1 * * *", [4_200, 4_500, 4_800]),
        ("5 0 1 1 *", [300]),
        ("0 0 * * thu", [0]),
        ("0 0 * * 4", [0]),
    ],
)
def test_fires_when_cron_would(expression, first):
    """Fields, lists, ranges, steps, names, nicknames; the virtual day is Thursday, 1 January."""
    assert list(parse_cron(expression).fires_s(DAY_S))[: len(first)] == first


def test_a_day_of_another_month_does_not_fire_today():
    """A line that is right may still have nothing to do within a day."""
    assert list(parse_cron("0 0 1 7 *").fires_s(DAY_S)) == []


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        ("", "0 fields"),
        ("* * * *", "4 fields"),
        ("*/45", "1 fields"),
        ("60 * * * *", "minute"),
        ("* 24 * * *", "hour"),
        ("* * 0 * *", "day of month"),
        ("* * * 13 *", "month"),
        ("* * * * 8", "day of week"),
        ("*/0 * * * *", "minute"),
        ("-5 * * * *", "minute"),
        ("5-1 * * * *", "minute"),
        ("1,,2 * * * *", "minute"),
        ("a * * * *", "minute"),
        ("NaN * * * *", "minute"),
        ("* * */-1 * *", "day of month"),
        ("* * L/x * *", "day of month"),
        ("* * * * 1L/2", "day of week"),
        ("@reboot", "@reboot names no time"),
        ("0 0 31 2 *", "never fires"),
        ("0 0 30 2 *", "never fires"),
        ("* * * * *\n* * * * *", "one line"),
        ("*" * 2_000, "one line"),
    ],
)
def test_what_is_no_cron_line_is_refused_with_its_field(expression, word):
    """The message names the field in crontab(5)'s words."""
    with pytest.raises(ConfigurationError, match=word):
        parse_cron(expression)


@given(minute=st.integers(0, 59), step=st.integers(1, 60))
def test_steps_walk_minutes_of_the_hour(minute, step):
    """`a-59/n` fires at a, a + n, … below 60 of each hour: worked out by range()."""
    fires = list(parse_cron(f"{minute}-59/{step} * * * *").fires_s(2 * HOUR_S))
    once = [60.0 * m for m in range(minute, 60, step)]
    assert fires == once + [HOUR_S + at for at in once]


@given(text=st.text(alphabet="0123456789*/,-LW#@ aSUN", max_size=20))
def test_any_text_is_a_line_or_a_sentence(text):
    """Nothing else is raised, and what is read can be asked for a day."""
    try:
        line = parse_cron(text)
    except ConfigurationError:
        return
    fires = list(line.fires_s(DAY_S))
    assert fires == sorted(set(fires))
    assert next(line.fires_s(math.inf)) >= 0
