"""The temporary folder of a run: its databases, gone with the run, or at the latest with the next.

A lab that is killed cannot tidy up, and seven databases are 300 MB. So each workplace holds a lock
for as long as its lab lives; the kernel gives it back however that ends. Whoever opens the next
workplace removes those whose lock nobody holds.
"""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["PREFIX", "open_workplace"]

PREFIX = "bkash-bench-"
"""How the folders' names begin; nothing else is ever removed."""

LOCK = "lock"


@contextmanager
def open_workplace() -> Iterator[Path]:
    """Make an empty temporary folder, remove what killed labs left behind, and tidy up at the end.

    Raises:
        OSError: there is no place for temporary files.
    """
    root = Path(tempfile.gettempdir())
    for abandoned in root.glob(f"{PREFIX}*"):
        _remove_if_abandoned(abandoned)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with (folder / LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_if_abandoned(folder: Path) -> None:
    # No lock file: its lab is about to make it, or somebody else's folder is called like ours.
    # A lock that is held, or that is another user's: not ours to remove.
    with suppress(OSError), (folder / LOCK).open("rb+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
