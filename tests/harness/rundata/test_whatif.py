"""Laws of whatif.json."""

import json

import pytest

from harness.errors import RunDataError
from harness.rundata.whatif import (
    Figures,
    KnobKind,
    PointRecord,
    SweepRecord,
    WhatIfRecord,
    WhatIfVariantRecord,
    read_whatif,
    write_whatif,
)

FIGURES = Figures(200, 0, 2.8, 2.7, 3.5, None, 1.3, 1.9, 2.3, 2.0, 4, 2)


@pytest.fixture
def record():
    sweep = SweepRecord(
        "create_payment", KnobKind.STAGE, "times", 1.0, (PointRecord(0.5, {"mine": FIGURES}),)
    )
    return WhatIfRecord(
        schema_version=1,
        name="n",
        created_utc="2026-11-23T04:00:00+00:00",
        command=("bkash-bench", "whatif"),
        seed=1,
        payments=200,
        rate_per_hour=60.0,
        token_lifetime_s=3_600.0,
        limit_per_hour=2,
        all_stages=False,
        profile="guide",
        profile_data={},
        variants=(WhatIfVariantRecord("mine", ("token_cache",), ""),),
        base={"mine": FIGURES},
        sweeps=(sweep,),
        simulations=2,
        audit_ok=True,
        wall_s=1.0,
        jobs=2,
        versions={},
        git_commit=None,
        machine={},
    )


def test_what_is_written_is_read_again(record, tmp_path):
    """In a folder that is made for it."""
    path = write_whatif(tmp_path / "new", record)
    assert path.name == "whatif.json"
    assert read_whatif(tmp_path / "new") == record


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(schema_version=9), "schema version"),
        (lambda d: d.pop("base"), "malformed"),
        (lambda d: d["sweeps"][0].update(kind="guess"), "malformed"),
    ],
    ids=["version", "missing", "kind"],
)
def test_what_is_no_record_is_refused(record, tmp_path, change, words):
    """With the file's name."""
    path = write_whatif(tmp_path, record)
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))
    with pytest.raises(RunDataError, match=words):
        read_whatif(tmp_path)


def test_missing_torn_and_unwritable_are_said(record, tmp_path):
    """Each in a sentence."""
    with pytest.raises(RunDataError, match="cannot read"):
        read_whatif(tmp_path)
    (tmp_path / "whatif.json").write_text("[1")
    with pytest.raises(RunDataError, match="malformed"):
        read_whatif(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(RunDataError, match="cannot write"):
        write_whatif(tmp_path / "file", record)
