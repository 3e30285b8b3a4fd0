"""Where a run is written: checked before anything is started, and left alone if nothing comes."""

import tempfile
from datetime import datetime
from pathlib import Path

from harness.errors import ConfigurationError

__all__ = ["default_run_path", "require_free_place"]

RUNS = Path("runs")


def default_run_path(now: datetime, *, name: str) -> Path:
    """Return `runs/<UTC time>-<name>`."""
    return RUNS / f"{now:%Y%m%dT%H%M%SZ}-{name}"


def require_free_place(path: Path) -> None:
    """Make sure that a run folder can be made at `path`, without leaving a trace.

    Raises:
        ConfigurationError: something stands there, or the place cannot be written to.
    """
    if path.is_dir() and not any(path.iterdir()):
        _try_writing(path, path)
        return
    if path.exists() or path.is_symlink():
        raise ConfigurationError(f"run folder {path} exists already; name a new one with --out")
    _try_writing(next(parent for parent in path.absolute().parents if parent.exists()), path)


def _try_writing(folder: Path, path: Path) -> None:
    # A try says more than permission bits: a full disk and a read-only file system are found too.
    try:
        tempfile.TemporaryDirectory(dir=folder).cleanup()
    except OSError as error:
        raise ConfigurationError(
            f"cannot make run folder {path}: {error.strerror} in {folder}; name another with --out"
        ) from error
