"""Laws of a record on disk."""

from dataclasses import dataclass

import pytest

from harness.errors import ConfigurationError, RunDataError
from harness.rundata import RecordFile


@dataclass(frozen=True, slots=True)
class Record:
    schema_version: int
    days: tuple[float, ...]


FILE = RecordFile("days.json", Record, version=2)
RECORD = Record(2, (0.5, 1.5))


def test_what_is_written_is_read(tmp_path):
    """In a folder that is made for it, and no half of a file is ever seen."""
    path = FILE.write(tmp_path / "new", RECORD)
    assert path == FILE.path(tmp_path / "new")
    assert FILE.read(tmp_path / "new") == RECORD
    assert [file.name for file in path.parent.iterdir()] == ["days.json"]


def test_equal_records_are_equal_files(tmp_path):
    """Byte for byte, so that they can be compared without us."""
    one, other = (FILE.write(tmp_path / name, RECORD) for name in "ab")
    assert one.read_bytes() == other.read_bytes()


def test_a_folder_has_one_or_not(tmp_path):
    """Told by the file's name alone."""
    assert not FILE.is_in(tmp_path)
    FILE.path(tmp_path).write_text("{")
    assert FILE.is_in(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "has no days.json"),
        (b"", "truncated or malformed"),
        (b"{", "truncated or malformed"),
        (b"[" * 50_000, "truncated or malformed"),
        (b'{"schema_version": 2, "days": ["\xff"]}', "truncated or malformed"),
        (b"[]", "schema version None"),
        (b'{"schema_version": 1}', "schema version 1; this bkash-bench reads version 2"),
        (b'{"schema_version": 2}', "truncated or malformed"),
        (b'{"schema_version": 2, "days": "soon"}', "truncated or malformed"),
    ],
    ids=["missing", "empty", "torn", "deep", "bytes", "list", "version", "incomplete", "type"],
)
def test_what_cannot_be_read_is_told(tmp_path, content, words):
    """In a sentence with the file's name."""
    if content is not None:
        FILE.path(tmp_path).write_bytes(content)
    with pytest.raises(RunDataError, match=words):
        FILE.read(tmp_path)


def test_a_folder_in_its_place_is_told(tmp_path):
    """What cannot be opened is an error in one line."""
    FILE.path(tmp_path).mkdir()
    with pytest.raises(RunDataError, match="cannot read"):
        FILE.read(tmp_path)


def test_a_place_that_cannot_be_written_is_the_users_to_mend(tmp_path):
    """The message names the option."""
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match=r"cannot write .* --out"):
        FILE.write(tmp_path / "file", RECORD)
