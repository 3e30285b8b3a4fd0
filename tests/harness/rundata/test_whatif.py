"""Laws of whatif.json."""

import json

import pytest

from harness.errors import RunDataError
from harness.rundata.whatif import (
    WHATIF,
    Figures,
    KnobKind,
    PointRecord,
    SweepRecord,
    WhatIfRecord,
    WhatIfVariantRecord,
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
    path = WHATIF.write(tmp_path / "new", record)
    assert path.name == "whatif.json"
    assert WHATIF.read(tmp_path / "new") == record


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
    path = WHATIF.write(tmp_path, record)
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))
    with pytest.raises(RunDataError, match=words):
        WHATIF.read(tmp_path)
