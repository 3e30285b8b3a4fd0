"""Sample files as one table."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from harness.errors import RunDataError
from harness.rundata import COLUMNS, Sample, SampleFile, read_samples

_REQUEST = Sample(
    variant="cached",
    arrival=3,
    request="callback",
    stage="",
    intended_ns=10,
    start_ns=12,
    end_ns=9_007_199_254_740_993,
    modelled_ns=None,
    outcome="timeout",
    status=0,
    warmup=True,
    payment_id="TR0011",
    error='said "no, never", and\nhung up',
)
_STAGE = replace(_REQUEST, stage="token_grant", modelled_ns=0, outcome="ok", warmup=False, error="")


def _write(path: Path, *samples: Sample) -> Path:
    file = SampleFile(path)
    for sample in samples:
        file.append(sample)
    file.close()
    return path


def test_samples_are_read_back_as_written(tmp_path: Path) -> None:
    """Integers beyond a float's exactness, nothing modelled, quotes and all."""
    table, warnings = read_samples([_write(tmp_path / "samples-a.csv", _REQUEST, _STAGE)])
    assert warnings == []
    assert tuple(table.columns) == COLUMNS
    assert table["end_ns"].tolist() == [9_007_199_254_740_993] * 2
    assert np.isnan(table["modelled_ns"][0])
    assert table["modelled_ns"][1] == 0.0
    assert table["warmup"].tolist() == [True, False]
    assert table["error"].tolist() == ['said "no, never", and hung up', ""]
    assert table["stage"].tolist() == ["", "token_grant"]


def test_types_are_the_small_ones(tmp_path: Path) -> None:
    """Words as categories, times as int64: a million samples take 55 MB."""
    table, _ = read_samples([_write(tmp_path / "samples-a.csv", _REQUEST)])
    types = table.dtypes.astype(str).to_dict()
    assert {types[c] for c in ("variant", "request", "stage", "outcome")} == {"category"}
    assert {types[c] for c in ("arrival", "intended_ns", "start_ns", "end_ns")} == {"int64"}
    assert types["modelled_ns"] == "float64"
    assert types["warmup"] == "bool"


def test_files_of_several_recorders_are_one_table(tmp_path: Path) -> None:
    """Words that only one of them has are words of all."""
    first = _write(tmp_path / "samples-a.csv", _REQUEST)
    second = _write(tmp_path / "samples-b.csv", replace(_REQUEST, variant="stored"), _STAGE)
    table, _ = read_samples([first, second])
    assert table["variant"].tolist() == ["cached", "stored", "cached"]
    assert list(table["variant"].cat.categories) == ["cached", "stored"]
    assert table.index.tolist() == [0, 1, 2]


def test_words_like_null_are_words(tmp_path: Path) -> None:
    """A variant may be called "NA"; pandas must not know better."""
    path = _write(tmp_path / "samples-a.csv", replace(_REQUEST, variant="NA", error="null"))
    table, _ = read_samples([path])
    assert table["variant"].tolist() == ["NA"]
    assert table["error"].tolist() == ["null"]


def test_a_file_of_only_its_header_is_empty(tmp_path: Path) -> None:
    """A recorder that recorded nothing is no error."""
    table, warnings = read_samples([_write(tmp_path / "samples-a.csv")])
    assert len(table) == 0
    assert warnings == []


def test_a_torn_last_record_is_dropped_and_said(tmp_path: Path) -> None:
    """After a kill, the whole records before it count; the file stays as it is."""
    path = _write(tmp_path / "samples-a.csv", _STAGE, _STAGE)
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    table, warnings = read_samples([path])
    assert len(table) == 1
    torn = len(whole) - 9 - whole[:-9].rfind(b"\n") - 1
    (warning,) = warnings
    assert "samples-a.csv was torn" in warning
    assert f"{torn} bytes" in warning
    assert path.read_bytes() == whole[:-9]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty: not even its header"),
        (b"variant,arr", "truncated inside its header"),
        (b"a,b\n1,2\n", "is not a sample file|has the columns a, b"),
        (",".join(COLUMNS).encode() + b"\n" + b"x\n", "is not a sample file"),
        (
            ",".join(COLUMNS).encode() + b"\nv,one,land,,0,0,0,,ok,200,0,,\n",
            "is not a sample file",
        ),
        (",".join(COLUMNS).encode() + b"\nv,1,land,,0,0,0,,ok,200,0,,,,,\n", "not a sample file"),
    ],
    ids=["empty", "torn header", "other columns", "short record", "a word for a number", "long"],
)
def test_what_is_no_sample_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """With the file's name and what is wrong."""
    path = tmp_path / "samples-a.csv"
    path.write_bytes(content)
    with pytest.raises(RunDataError, match=message) as caught:
        read_samples([path])
    assert "samples-a.csv" in str(caught.value)


def test_no_file_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    """A run folder without samples has nothing to report."""
    with pytest.raises(RunDataError, match="no sample file"):
        read_samples([])
    with pytest.raises(RunDataError, match=r"cannot read .*gone\.csv"):
        read_samples([tmp_path / "gone.csv"])
