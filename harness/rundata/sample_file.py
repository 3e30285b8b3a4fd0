"""The append-only sample file of one recording process: CSV with a header, a sample per line."""

import csv
from pathlib import Path
from typing import TextIO

from harness.errors import RunDataError
from harness.rundata.sample import COLUMNS, Sample

__all__ = ["ERROR_LIMIT_CHARACTERS", "SampleFile", "sample_row"]

ERROR_LIMIT_CHARACTERS = 200
"""Longest error text kept: enough to recognise a failure, too little to fill a disk."""


class SampleFile:
    """Append samples to a file of their own; a kill loses at most what came after the last flush.

    Args:
        path: must not exist yet, so that two recorders can never share a file.

    Raises:
        RunDataError: the file exists or cannot be created; from `append` and `flush`, the file can
            no longer be written (disk full). A recorder that fails must stop its run.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file: TextIO = path.open("x", encoding="utf-8", newline="")
        except OSError as error:
            raise RunDataError(f"cannot create sample file {path}: {error.strerror}") from error
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(COLUMNS)
        self.flush()

    def append(self, sample: Sample) -> None:
        """Write one sample; it is on disk after the next flush."""
        try:
            self._writer.writerow(sample_row(sample))
        except (OSError, ValueError) as error:
            raise RunDataError(f"cannot write sample file {self.path}: {error}") from error

    def flush(self) -> None:
        """Hand everything appended so far to the operating system."""
        try:
            self._file.flush()
        except (OSError, ValueError) as error:
            raise RunDataError(f"cannot write sample file {self.path}: {error}") from error

    def close(self) -> None:
        """Flush and close; closing twice is harmless."""
        if not self._file.closed:
            self.flush()
            self._file.close()


def sample_row(sample: Sample) -> tuple[str | int, ...]:
    """Return a sample as the row that it is in a sample file."""
    return (
        sample.variant,
        sample.arrival,
        sample.request,
        sample.stage,
        sample.intended_ns,
        sample.start_ns,
        sample.end_ns,
        "" if sample.modelled_ns is None else sample.modelled_ns,
        sample.outcome,
        sample.status,
        int(sample.warmup),
        sample.payment_id,
        # A record is a line, so that a torn one can be told by its missing end.
        " ".join(sample.error.split())[:ERROR_LIMIT_CHARACTERS],
    )
