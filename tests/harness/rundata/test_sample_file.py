"""Laws of the sample file."""

import contextlib
from pathlib import Path

import pytest

from harness.errors import RunDataError
from harness.rundata import COLUMNS, Sample, SampleFile
from harness.rundata.sample_file import ERROR_LIMIT_CHARACTERS

REQUEST = Sample("cached", 3, "callback", "", 10, 20, 30, None, "ok", 303, False, "TR1")
STAGE = Sample("cached", 3, "callback", "execute_payment", 0, 1, 9, 8, "ok", 0, True)


def test_samples_stand_as_rows_below_the_header(tmp_path: Path):
    """Any CSV reader finds a row per sample, an empty cell for what does not exist."""
    file = SampleFile(tmp_path / "samples-1.csv")
    file.append(REQUEST)
    file.append(STAGE)
    file.close()
    file.close()
    assert file.path.read_text().splitlines() == [
        ",".join(COLUMNS),
        "cached,3,callback,,10,20,30,,ok,303,0,TR1,",
        "cached,3,callback,execute_payment,0,1,9,8,ok,0,1,,",
    ]


def test_a_record_is_one_line_however_long_its_error(tmp_path: Path):
    """A torn record can be told by its missing end, so an error text never breaks a line."""
    file = SampleFile(tmp_path / "samples-1.csv")
    text = 'a "quoted", text\nof\r\nlines ' + "x" * 1_000
    file.append(Sample("v", 0, "land", "", 0, 0, 1, None, "protocol", 200, False, "", text))
    file.close()
    assert len(file.path.read_text().splitlines()) == 2
    assert len(file.path.read_text()) < 2 * ERROR_LIMIT_CHARACTERS + len(",".join(COLUMNS))


def test_what_was_flushed_is_on_disk(tmp_path: Path):
    """A kill after a flush loses nothing from before it."""
    file = SampleFile(tmp_path / "samples-1.csv")
    file.append(REQUEST)
    file.flush()
    assert len(file.path.read_text().splitlines()) == 2
    file.close()


def test_two_recorders_never_share_a_file(tmp_path: Path):
    """A second recorder of one name is an error, and the first one's samples survive."""
    file = SampleFile(tmp_path / "samples-1.csv")
    file.append(REQUEST)
    file.close()
    with pytest.raises(RunDataError, match="cannot create sample file"):
        SampleFile(file.path)
    assert len(file.path.read_text().splitlines()) == 2


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path):
    """A recorder that fails raises; it never drops a sample in silence."""
    file = SampleFile(tmp_path / "samples-1.csv")
    file.close()
    with pytest.raises(RunDataError, match="cannot write"):
        file.append(REQUEST)
    with pytest.raises(RunDataError, match="cannot write"):
        file.flush()


def test_a_full_disk_stops_the_recorder(tmp_path: Path):
    """The operating system's refusal reaches the caller at the next flush."""
    file = SampleFile(tmp_path / "samples-1.csv")
    file._file.close()
    full = file._file = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 - closed below
    full.write("x")
    with pytest.raises(RunDataError, match="No space left"):
        file.flush()
    with contextlib.suppress(OSError):
        full.close()
