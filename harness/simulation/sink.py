"""Where the samples of a simulated run go, and the digest that every sample changes.

The digest is the SHA-256 of the sample file as it would stand on disk, header included: whoever
has the file can check it with `sha256sum`.
"""

import csv
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from harness.errors import RunDataError
from harness.rundata import COLUMNS, Sample
from harness.rundata.sample_file import sample_row

__all__ = ["DigestSink", "SampleReader"]

_BATCH_ROWS = 256
"""Rows joined before they are hashed and written: a call costs as much for one as for many."""


class SampleReader(Protocol):
    """Take samples while they come, to keep what is wanted of them."""

    def append(self, sample: Sample) -> None:
        """Take in one sample."""


class DigestSink:
    """Take the digest of all samples, and write them to a file if there is one.

    Attributes:
        samples: how many were taken in.
    """

    def __init__(self, path: Path | None = None, *, reader: SampleReader | None = None) -> None:
        """Write to a new file at `path`, and hand every sample to `reader`.

        Raises:
            RunDataError: the file exists or cannot be made; later, it cannot be written.
        """
        self.samples = 0
        self._path = path
        self._reader = reader
        self._hash = sha256()
        self._lines: list[str] = []
        self._file: BinaryIO | None = None
        if path is not None:
            try:
                self._file = path.open("xb")
            except OSError as error:
                raise RunDataError(f"cannot create sample file {path}: {error.strerror}") from error
        self._row = csv.writer(self, lineterminator="\n").writerow
        self._row(COLUMNS)

    def write(self, line: str) -> None:
        """Take in a line; for the CSV writer."""
        self._lines.append(line)
        if len(self._lines) >= _BATCH_ROWS:
            self._drain()

    def append(self, sample: Sample) -> None:
        """Take in one sample."""
        self.samples += 1
        self._row(sample_row(sample))
        if self._reader is not None:
            self._reader.append(sample)

    def flush(self) -> None:
        """Do nothing yet: the recorder asks once a second, and here seconds fly past."""

    def digest(self) -> str:
        """Return the digest of everything so far, hexadecimal."""
        self._drain()
        return self._hash.hexdigest()

    def close(self) -> None:
        """Write out what is left; closing twice is harmless."""
        self._drain()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _drain(self) -> None:
        data = "".join(self._lines).encode()
        self._lines.clear()
        self._hash.update(data)
        if self._file is not None:
            try:
                self._file.write(data)
            except OSError as error:
                raise RunDataError(f"cannot write sample file {self._path}: {error}") from error
