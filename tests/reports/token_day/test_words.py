"""Laws of the words of a token day."""

import pytest

from harness.rundata.token_day import FleetRecord, ScheduleKind, ScheduleRecord
from reports.token_day.words import (
    clock,
    fleet_words,
    hour_minutes,
    rate_words,
    schedule_short,
    schedule_words,
)


@pytest.mark.parametrize(
    ("rate", "words"),
    [(1, "1 shopper an hour"), (2, "2 shoppers an hour"), (1200, "20 shoppers a minute")],
)
def test_traffic_is_said_as_people_say_it(rate, words):
    """By the hour, or by the minute where there are many."""
    assert rate_words(rate) == words


@pytest.mark.parametrize(
    ("schedule", "short"),
    [
        ("*/45 * * * *", "*/45"),
        ("0 * * * *", "0 * * * *"),
        ("0 4 * * *", "0 4 * * *"),
        ("refresher", "refresher"),
    ],
)
def test_a_line_is_shortened_only_where_it_still_reads_as_one(schedule, short):
    """A bare number would look like a figure."""
    assert schedule_short(schedule) == short


def test_schedules_are_parts_of_sentences():
    """The kinds without a line have words."""
    assert schedule_words("*/5 * * * *") == "cron */5 * * * *"
    assert schedule_words(ScheduleKind.REFRESHER) == "the refresher inside the process"
    assert schedule_words(ScheduleKind.NONE) == "no schedule"


@pytest.mark.parametrize(
    ("fleet", "words"),
    [
        (FleetRecord(1, None), "one process"),
        (FleetRecord(4, None), "4 processes"),
        (FleetRecord(4, 900), "4 processes that live for 15 min"),
        (FleetRecord(1, 7200), "1 process that live for 2 h"),
        (FleetRecord(2, 30), "2 processes that live for 30 s"),
    ],
)
def test_fleets_are_said_with_their_life(fleet, words):
    """Serverless instances live for minutes."""
    assert fleet_words(fleet).replace("lives", "live") == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ((), "never"),
        ((0,), ":00"),
        ((0, 45), ":00 and :45"),
        ((0, 15, 30), ":00, :15 and :30"),
        (tuple(range(0, 60, 5)), "every 5 minutes from :00"),
        ((0, 1, 2, 3, 10, 11), "6 minutes of the hour"),
    ],
)
def test_minutes_are_listed_while_they_are_few(minutes, words):
    """And told as a rhythm or a number where they are many."""
    fires = tuple(3600.0 * hour + 60 * m for hour in range(2) for m in minutes)
    assert hour_minutes(ScheduleRecord("x", ScheduleKind.CRON, fires)) == words


def test_a_time_of_day_is_hours_and_minutes():
    """Seconds are cut off."""
    assert clock(7 * 3600 + 40 * 60 + 59.9) == "07:40"
