"""Laws of `token-day.json`."""

from dataclasses import replace

import msgspec
import pytest

from harness.errors import RunDataError
from harness.rundata.token_day import (
    TOKEN_DAY_FILE,
    TOKEN_DAY_SCHEMA,
    DayRecord,
    Disturbance,
    FleetRecord,
    ScheduleKind,
    ScheduleRecord,
    TokenDayRecord,
    TokenVariantRecord,
    read_token_day,
    write_token_day,
)

ONE = FleetRecord(1, None)
SHORT_LIVED = FleetRecord(3, 900.0)
QUIET = DayRecord(
    variant="optimized",
    schedule="*/45 * * * *",
    rate_per_hour=2.0,
    fleet=ONE,
    disturbance=Disturbance.NOTHING,
    disturbed_at_s=None,
    grants_s=(0.5, 7200.0),
    refreshes_s=(2700.25,),
    payments=48,
    failed=0,
    waited_at_s=(3601.0,),
    waited_s=(2.0,),
    audit_ok=True,
    digest="ab",
)
RESTART = replace(QUIET, fleet=SHORT_LIVED, disturbance=Disturbance.RESTART, disturbed_at_s=2760.0)


def _record():
    return TokenDayRecord(
        schema_version=TOKEN_DAY_SCHEMA,
        name="run",
        created_utc="2026-11-23T00:00:00+00:00",
        command=("bkash-bench", "token-day", "--out", "my runs/a"),
        seed=1,
        duration_s=86_400.0,
        token_lifetime_s=3600.0,
        limit_per_hour=2,
        profile="guide",
        profile_data={"operations": {"token_grant": {"median_s": 2.0}}},
        rates_per_hour=(2.0, 60.0),
        fleets=(ONE, SHORT_LIVED),
        variants=(TokenVariantRecord("optimized", ("token_cache",), "the guide’s “after”", True),),
        schedules=(
            ScheduleRecord("*/45 * * * *", ScheduleKind.CRON, (0.0, 2700.0)),
            ScheduleRecord("none", ScheduleKind.NONE),
        ),
        days=(QUIET, RESTART),
        wall_s=1.5,
        jobs=2,
        versions={"python": "3.11"},
        git_commit=None,
        machine={"cpu": "any", "cores": 2},
        notes=("The shop was made up.",),
    )


def _change_file(folder, change):
    """Write a record, and change what stands in its file."""
    path = write_token_day(folder, _record())
    raw = msgspec.json.decode(path.read_bytes())
    change(raw)
    path.write_bytes(msgspec.json.encode(raw))


def test_what_is_written_is_read(tmp_path):
    """Nothing is lost on the way: not a kind, a tuple, a quarter of a second, or a dash."""
    path = write_token_day(tmp_path / "not" / "yet", _record())
    assert path.name == TOKEN_DAY_FILE
    found = read_token_day(path.parent)
    assert found == _record()
    assert found.days[1].disturbance is Disturbance.RESTART
    assert found.schedules[1].kind is ScheduleKind.NONE
    assert found.days[0].disturbed_at_s is None


def test_the_same_record_gives_the_same_bytes(tmp_path):
    """A record can be compared as a file, and ends with a line end."""
    one, other = (write_token_day(tmp_path / name, _record()).read_bytes() for name in "ab")
    assert one == other
    assert one.endswith(b"}\n")


def test_calls_are_grants_and_refreshes_in_the_order_of_the_day():
    """Both count against the limit, so the busiest hour is looked for among both."""
    assert QUIET.calls_s == [0.5, 2700.25, 7200.0]
    assert replace(QUIET, grants_s=(), refreshes_s=()).calls_s == []


@pytest.mark.parametrize(
    ("instances", "lifetime_s", "single"),
    [(1, None, True), (1, 900.0, False), (3, None, False), (3, 900.0, False)],
)
def test_a_fleet_is_single_if_one_process_lives_on(instances, lifetime_s, single):
    """One process that dies every quarter of an hour forgets its token as often."""
    assert FleetRecord(instances, lifetime_s).is_single is single


def test_what_derives_from_the_days_is_not_written(tmp_path):
    """A file says each thing once, so that it cannot contradict itself."""
    raw = msgspec.json.decode(write_token_day(tmp_path, _record()).read_bytes())
    assert "calls_s" not in raw["days"][0]
    assert "is_single" not in raw["fleets"][0]
    assert raw["fleets"] == [
        {"instances": 1, "lifetime_s": None},
        {"instances": 3, "lifetime_s": 900.0},
    ]


def test_notes_may_be_left_out(tmp_path):
    """Most days have nothing to add to their numbers."""
    _change_file(tmp_path, lambda raw: raw.pop("notes"))
    assert read_token_day(tmp_path) == replace(_record(), notes=())


@pytest.mark.parametrize("content", ['{"schema_version": 99}', "{}", "[]", "1"])
def test_another_version_is_refused(tmp_path, content):
    """Numbers that changed their meaning are not mixed, nor is what states no version."""
    (tmp_path / TOKEN_DAY_FILE).write_text(content)
    with pytest.raises(RunDataError, match=f"is not of schema version {TOKEN_DAY_SCHEMA}"):
        read_token_day(tmp_path)


@pytest.mark.parametrize("content", ["", "{", f'{{"schema_version": {TOKEN_DAY_SCHEMA}}}'])
def test_what_cannot_be_read_is_told(tmp_path, content):
    """Truncated, malformed, or without what belongs to it."""
    (tmp_path / TOKEN_DAY_FILE).write_text(content)
    with pytest.raises(RunDataError, match="truncated or malformed"):
        read_token_day(tmp_path)


def test_an_unknown_disturbance_is_refused(tmp_path):
    """The message leads to the value that nobody knows."""
    _change_file(tmp_path, lambda raw: raw["days"][1].update(disturbance="flood"))
    with pytest.raises(RunDataError, match=r"flood.*days.*disturbance"):
        read_token_day(tmp_path)


def test_a_folder_without_one_is_told(tmp_path):
    """The message names the file that is missing."""
    with pytest.raises(RunDataError, match=f"cannot read .*{TOKEN_DAY_FILE}: No such file"):
        read_token_day(tmp_path)


def test_a_folder_in_its_place_is_told(tmp_path):
    """What cannot be opened or replaced is an error in one line."""
    (tmp_path / TOKEN_DAY_FILE).mkdir()
    with pytest.raises(RunDataError, match="cannot read"):
        read_token_day(tmp_path)
    with pytest.raises(RunDataError, match="cannot write"):
        write_token_day(tmp_path, _record())


def test_a_file_in_the_folders_place_is_told(tmp_path):
    """A folder that cannot be made is an error in one line, too."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(RunDataError, match="cannot write"):
        write_token_day(tmp_path / "taken", _record())
