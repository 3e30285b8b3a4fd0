"""Laws of `crosscheck.json`."""

import json

from harness.rundata.crosscheck import CROSSCHECK, CrosscheckRecord, StageRecord, TimesRecord

RECORD = CrosscheckRecord(
    schema_version=1,
    name="both",
    created_utc="2026-11-23T10:00:00+00:00",
    command=("bkash-bench", "crosscheck"),
    seed=1,
    rate_per_s=4.0,
    duration_s=20.0,
    warmup_s=8.0,
    token_lifetime_s=20.0,
    profile="guide",
    waking_s=0.02,
    variants=("cached",),
    times=(TimesRecord("cached", (3.1, 3.2), (3.0, 3.1)),),
    stages=(
        StageRecord("cached", "payment", "within", 80, 80, 3.2, 4.2, 3.1, 4.1, 0.14),
        StageRecord("cached", "token_grant", "too_few", 1, 1, 2.0, 2.0, None, None, None),
    ),
    audit_ok=True,
    wall_s=100.0,
    versions={"python": "3.11"},
    git_commit=None,
    machine={"cores": 2},
    troubles=("real: busy",),
)


def test_what_is_written_is_read(tmp_path):
    """Whole, with figures that do not exist as null."""
    path = CROSSCHECK.write(tmp_path, RECORD)
    assert path.name == "crosscheck.json"
    assert CROSSCHECK.read(tmp_path) == RECORD
    assert json.loads(path.read_text())["stages"][1]["most_s"] is None


def test_stages_are_found_by_variant():
    """And nothing for one that took no part."""
    assert [stage.stage for stage in RECORD.of("cached")] == ["payment", "token_grant"]
    assert RECORD.of("stored") == ()
