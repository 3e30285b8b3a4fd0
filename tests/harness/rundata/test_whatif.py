"""Laws of `whatif.json`."""

from dataclasses import replace

import msgspec
import pytest

from harness.errors import RunDataError
from harness.rundata.whatif import (
    WHATIF_FILE,
    WHATIF_SCHEMA,
    Figures,
    KnobKind,
    PointRecord,
    SweepRecord,
    WhatIfRecord,
    WhatIfVariantRecord,
    read_whatif,
    write_whatif,
)

BASE = Figures(200, 0, 2.8, 2.7, 3.5, None, 1.4, 1.7, 2.3, 2.0, 4, 2)
HALF = replace(BASE, mean_s=2.3, p50_s=2.2)
NOBODY = Figures(0, 200, *(None,) * 8, token_calls=0, worst_hour=0)


def _record():
    points = (PointRecord(0.5, {"optimized": HALF}), PointRecord(1.0, {"optimized": BASE}))
    hung = PointRecord(0.1, {"optimized": NOBODY})
    return WhatIfRecord(
        schema_version=WHATIF_SCHEMA,
        name="run",
        created_utc="2026-11-23T00:00:00+00:00",
        command=("bkash-bench", "whatif", "--out", "my runs/a"),
        seed=1,
        payments=200,
        rate_per_hour=60.0,
        token_lifetime_s=3600.0,
        limit_per_hour=2,
        all_stages=False,
        profile="guide",
        profile_data={"operations": {"create_payment": {"median_s": 1.0}}},
        variants=(WhatIfVariantRecord("optimized", ("token_cache",), "the guide’s “after”"),),
        base={"optimized": BASE},
        sweeps=(
            SweepRecord("create_payment", KnobKind.STAGE, "times", 1.0, points),
            SweepRecord("timeout", KnobKind.SETTING, "s", 10.0, (hung,)),
        ),
        simulations=3,
        audit_ok=True,
        wall_s=1.5,
        jobs=2,
        versions={"python": "3.11"},
        git_commit=None,
        machine={"cpu": "any", "cores": 2},
        notes=("The shop was made up.",),
    )


def _change_file(folder, change):
    """Write a record, and change what stands in its file."""
    path = write_whatif(folder, _record())
    raw = msgspec.json.decode(path.read_bytes())
    change(raw)
    path.write_bytes(msgspec.json.encode(raw))


def test_what_is_written_is_read(tmp_path):
    """Nothing is lost on the way: not a kind, a tuple, a figure that does not exist, or a dash."""
    path = write_whatif(tmp_path / "not" / "yet", _record())
    assert path.name == WHATIF_FILE
    found = read_whatif(path.parent)
    assert found == _record()
    assert found.sweeps[0].kind is KnobKind.STAGE
    assert found.sweeps[1].points[0].figures["optimized"].p50_s is None


def test_the_same_record_gives_the_same_bytes(tmp_path):
    """A record can be compared as a file, and ends with a line end."""
    one, other = (write_whatif(tmp_path / name, _record()).read_bytes() for name in "ab")
    assert one == other
    assert one.endswith(b"}\n")


def test_a_figure_that_does_not_exist_is_null(tmp_path):
    """Null, never 0 or NaN: whoever reads the file with other tools sees a gap."""
    raw = msgspec.json.decode(write_whatif(tmp_path, _record()).read_bytes())
    figures = raw["sweeps"][1]["points"][0]["figures"]["optimized"]
    assert figures["p50_s"] is None
    assert figures["failed"] == 200


def test_notes_may_be_left_out(tmp_path):
    """Most what-ifs have nothing to add to their numbers."""
    _change_file(tmp_path, lambda raw: raw.pop("notes"))
    assert read_whatif(tmp_path) == replace(_record(), notes=())


@pytest.mark.parametrize("content", ['{"schema_version": 99}', "{}", "[]", "1"])
def test_another_version_is_refused(tmp_path, content):
    """Numbers that changed their meaning are not mixed, nor is what states no version."""
    (tmp_path / WHATIF_FILE).write_text(content)
    with pytest.raises(RunDataError, match=f"is not of schema version {WHATIF_SCHEMA}"):
        read_whatif(tmp_path)


@pytest.mark.parametrize("content", ["", "{", f'{{"schema_version": {WHATIF_SCHEMA}}}'])
def test_what_cannot_be_read_is_told(tmp_path, content):
    """Truncated, malformed, or without what belongs to it."""
    (tmp_path / WHATIF_FILE).write_text(content)
    with pytest.raises(RunDataError, match="truncated or malformed"):
        read_whatif(tmp_path)


def test_an_unknown_kind_of_knob_is_refused(tmp_path):
    """The message leads to the value that nobody knows."""
    _change_file(tmp_path, lambda raw: raw["sweeps"][0].update(kind="weather"))
    with pytest.raises(RunDataError, match=r"weather.*sweeps.*kind"):
        read_whatif(tmp_path)


def test_a_folder_without_one_is_told(tmp_path):
    """The message names the file that is missing."""
    with pytest.raises(RunDataError, match=f"cannot read .*{WHATIF_FILE}: No such file"):
        read_whatif(tmp_path)


def test_a_folder_in_its_place_is_told(tmp_path):
    """What cannot be opened or replaced is an error in one line."""
    (tmp_path / WHATIF_FILE).mkdir()
    with pytest.raises(RunDataError, match="cannot read"):
        read_whatif(tmp_path)
    with pytest.raises(RunDataError, match="cannot write"):
        write_whatif(tmp_path, _record())


def test_a_file_in_the_folders_place_is_told(tmp_path):
    """A folder that cannot be made is an error in one line, too."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(RunDataError, match="cannot write"):
        write_whatif(tmp_path / "taken", _record())
