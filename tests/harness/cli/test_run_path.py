"""Laws of the place of a run."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.cli.run_path import default_run_path, require_free_place
from harness.errors import ConfigurationError


def test_default_place_is_named_by_time():
    """Runs sort by the time at which they were made."""
    now = datetime(2026, 11, 23, 2, 31, 7, tzinfo=UTC)
    assert default_run_path(now, name="compare") == Path("runs/20261123T023107Z-compare")


def test_free_place_is_left_untouched(tmp_path):
    """Checking makes nothing, neither the folder nor its parents."""
    require_free_place(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty").mkdir()
    require_free_place(tmp_path / "empty")
    assert list((tmp_path / "empty").iterdir()) == []


def test_taken_place_is_refused(tmp_path):
    """A folder with something in it, or a file, is not written over."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "manifest.json").touch()
    for name in ("full", "full/manifest.json"):
        with pytest.raises(ConfigurationError, match="--out"):
            require_free_place(tmp_path / name)


def test_unwritable_place_is_refused(tmp_path):
    """A place below a file, or on a file system that takes nothing, is found out before the run."""
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "run", Path("/proc/run")):
        with pytest.raises(ConfigurationError, match="--out"):
            require_free_place(path)
