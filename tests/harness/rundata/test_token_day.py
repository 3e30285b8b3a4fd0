"""Laws of token-day.json."""

import json

import pytest

from harness.errors import RunDataError
from harness.rundata.token_day import (
    TOKEN_DAY,
    DayRecord,
    Disturbance,
    FleetRecord,
    ScheduleKind,
    ScheduleRecord,
    TokenDayRecord,
    TokenVariantRecord,
)

SINGLE = FleetRecord(1, None)


@pytest.fixture
def record():
    day = DayRecord(
        variant="stored",
        schedule="*/45 * * * *",
        rate_per_hour=2.0,
        fleet=SINGLE,
        disturbance=Disturbance.RESTART,
        disturbed_at_s=45_000.0,
        grants_s=(5.0, 1.0),
        refreshes_s=(3.0,),
        payments=48,
        failed=0,
        waited_at_s=(7.5,),
        waited_s=(2.0,),
        audit_ok=True,
        digest="d",
    )
    return TokenDayRecord(
        schema_version=1,
        name="n",
        created_utc="2026-11-23T04:00:00+00:00",
        command=("bkash-bench", "token-day"),
        seed=1,
        duration_s=86_400.0,
        token_lifetime_s=3_600.0,
        limit_per_hour=2,
        profile="guide",
        profile_data={"operations": {}},
        rates_per_hour=(2.0,),
        fleets=(SINGLE, FleetRecord(4, 900.0)),
        variants=(TokenVariantRecord("stored", ("token_store",), "", keeps_token=True),),
        schedules=(ScheduleRecord("*/45 * * * *", ScheduleKind.CRON, (0.0, 2_700.0)),),
        days=(day,),
        wall_s=1.0,
        jobs=2,
        versions={},
        git_commit=None,
        machine={},
    )


def test_what_is_written_is_read_again(record, tmp_path):
    """In a folder that is made for it."""
    path = TOKEN_DAY.write(tmp_path / "new", record)
    assert path.name == "token-day.json"
    assert TOKEN_DAY.read(tmp_path / "new") == record


def test_calls_are_grants_and_refreshes_in_order(record):
    """bKash counts both."""
    assert record.days[0].calls_s == [1.0, 3.0, 5.0]


def test_a_fleet_of_one_that_lives_on_is_single():
    """One that is replaced is not."""
    assert SINGLE.is_single
    assert not FleetRecord(1, 900.0).is_single
    assert not FleetRecord(2, None).is_single


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(schema_version=9), "schema version"),
        (lambda d: d.pop("days"), "malformed"),
        (lambda d: d["days"][0].update(grants_s="soon"), "malformed"),
    ],
    ids=["version", "missing", "type"],
)
def test_what_is_no_record_is_refused(record, tmp_path, change, words):
    """With the file's name."""
    path = TOKEN_DAY.write(tmp_path, record)
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))
    with pytest.raises(RunDataError, match=words):
        TOKEN_DAY.read(tmp_path)
