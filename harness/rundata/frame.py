"""Sample files as one pandas table. pandas is imported on use: recorders must start fast."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import RunDataError
from harness.rundata.sample import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["read_samples"]

_WORDS = ("variant", "request", "stage", "outcome")


def read_samples(paths: Sequence[Path]) -> tuple[pd.DataFrame, list[str]]:
    """Read sample files into one table, and say in sentences what had to be left out.

    Returns:
        The table, one row per sample, columns as in `COLUMNS` (words as categories, times as int64,
        `modelled_ns` as float64 with NaN for none, `warmup` as bool), and the warnings.

    Raises:
        RunDataError: a file is missing, has other columns, or holds a value of the wrong type.
    """
    import pandas as pd

    warnings: list[str] = []
    frames = [_read(path, warnings) for path in paths]
    if not frames:
        raise RunDataError("the run folder holds no sample file (samples-*.csv)")
    for column in _WORDS:
        words = sorted(set().union(*(frame[column].cat.categories for frame in frames)))
        for frame in frames:
            frame[column] = frame[column].cat.set_categories(words)
    samples = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    samples["warmup"] = samples["warmup"].astype(bool)
    return samples, warnings


def _read(path: Path, warnings: list[str]) -> pd.DataFrame:
    import pandas as pd

    types: dict[str, str] = dict.fromkeys(COLUMNS, "int64")
    types |= dict.fromkeys((*_WORDS, "payment_id", "error"), "category")
    types |= {"modelled_ns": "float64", "status": "int32", "warmup": "int8"}
    try:
        frame = pd.read_csv(
            _whole_lines(path, warnings),
            dtype=types,
            keep_default_na=False,
            na_values={"modelled_ns": [""]},
        )
    except OSError as error:
        raise RunDataError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, pd.errors.ParserError) as error:
        raise RunDataError(f"{path} is not a sample file: {error}") from error
    if tuple(frame.columns) != COLUMNS:
        raise RunDataError(
            f"{path} has the columns {', '.join(map(str, frame.columns))};"
            f" a sample file has {', '.join(COLUMNS)}"
        )
    return frame


def _whole_lines(path: Path, warnings: list[str]) -> Path | io.BytesIO:
    """Return what can be read: the file, or, if its last record is torn, its whole records."""
    with path.open("rb") as file:
        file.seek(0, io.SEEK_END)
        if file.tell() == 0:
            raise RunDataError(f"{path} is empty: not even its header was written")
        file.seek(-1, io.SEEK_END)
        if file.read(1) == b"\n":
            return path
        file.seek(0)
        content = file.read()
    end = content.rfind(b"\n") + 1
    if end == 0:
        raise RunDataError(f"{path} is truncated inside its header")
    warnings.append(
        f"The last record of {path.name} was torn (the recorder was stopped while writing) and was"
        f" dropped: {len(content) - end} bytes."
    )
    return io.BytesIO(content[:end])
