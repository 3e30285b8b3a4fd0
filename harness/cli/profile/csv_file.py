"""Timings from a CSV file: one line per call, its operation and how long it took.

operation,seconds          or `milliseconds`; further columns are passed over, and without a
create_payment,1.042       header there are exactly these two
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from harness.cli.profile.timings import Timings, check_seconds
from harness.errors import ConfigurationError
from mock_bkash.latency import OPERATIONS

__all__ = ["MAX_FILE_BYTES", "read_csv_timings", "read_text"]

MAX_FILE_BYTES = 200_000_000
"""Largest file that is read: some five million calls."""

_UNITS = {"seconds": 1.0, "milliseconds": 1000.0}
_OPERATION = "operation"
_DELIMITERS = ",;\t"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Layout:
    """Say where the two columns are, and how many units make a second."""

    operation: int = 0
    duration: int = 1
    per_second: float = 1.0

    @property
    def width(self) -> int:
        """Return how many columns a line must have at least."""
        return max(self.operation, self.duration) + 1


def read_csv_timings(path: Path) -> Timings:
    """Read a CSV file.

    Raises:
        ConfigurationError: it cannot be read, has other columns, a time that is none, or nothing
            that can be used; the message names the line.
    """
    seconds: dict[str, list[float]] = {}
    strange: Counter[str] = Counter()
    for line, operation, value_s in _rows(path, read_text(path)):
        if operation in OPERATIONS:
            seconds.setdefault(operation, []).append(value_s)
        else:
            _refuse_misspelt(operation, where=f"{path}:{line}")
            strange[operation] += 1
    if not seconds:
        raise ConfigurationError(f"{path}: {_nothing(strange)}")
    return Timings(
        source=path.name,
        seconds={name: tuple(values) for name, values in seconds.items()},
        unused=_unused(strange),
    )


def read_text(path: Path) -> str:
    """Return a file's text.

    Raises:
        ConfigurationError: it cannot be read, is too large, or is no UTF-8 text.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror or error}") from error
    if len(raw) > MAX_FILE_BYTES:
        raise ConfigurationError(f"{path} is larger than {MAX_FILE_BYTES // 10**6} MB")
    try:
        # Spreadsheets and browsers put a byte order mark before the first character.
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8 text (byte {error.start})") from error


def _rows(path: Path, text: str) -> Iterator[tuple[int, str, float]]:
    reader = csv.reader(StringIO(text), delimiter=_delimiter(text))
    layout: _Layout | None = None
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            where = f"{path}:{reader.line_num}"
            if layout is None:
                header = _header(cells, where=where)
                layout = header or _Layout()
                if header is not None:
                    continue
            if len(cells) < layout.width:
                raise ConfigurationError(
                    f"{where}: {len(cells)} columns, expected {layout.width}: operation and seconds"
                )
            value_s = check_seconds(
                cells[layout.duration], where=where, per_second=layout.per_second
            )
            yield reader.line_num, cells[layout.operation], value_s
    except csv.Error as error:
        raise ConfigurationError(f"{path}:{reader.line_num}: is not CSV: {error}") from error


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip() and line[0] != "#"), "")
    return max(_DELIMITERS, key=first.count)


def _header(cells: Sequence[str], *, where: str) -> _Layout | None:
    """Return where the columns are if the line says so; None where it is the first call."""
    names = [cell.lower() for cell in cells]
    unit = next((name for name in names if name in _UNITS), None)
    if _OPERATION in names and unit is not None:
        return _Layout(names.index(_OPERATION), names.index(unit), _UNITS[unit])
    if len(cells) == 2 and cells[0] in OPERATIONS:
        return None
    if len(cells) == 2 and _is_number(cells[1]):
        return None
    raise ConfigurationError(
        f"{where}: the columns are {', '.join(map(repr, cells[:8]))}; expected 'operation' and"
        " 'seconds' (or 'milliseconds')"
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _refuse_misspelt(operation: str, *, where: str) -> None:
    near = get_close_matches(operation, OPERATIONS, n=1, cutoff=0.8)
    if near:
        raise ConfigurationError(
            f"{where}: {operation!r} is not an operation; did you mean {near[0]!r}?"
        )


def _unused(strange: Counter[str]) -> tuple[str, ...]:
    if not strange:
        return ()
    count = strange.total()
    lines = "1 line names" if count == 1 else f"{count:,} lines name"
    return (f"{lines} something that is no operation: {_names(strange)}",)


def _nothing(strange: Counter[str]) -> str:
    if not strange:
        return "holds no timings"
    return (
        f"nothing in it can be used: it names {_names(strange)}; operations are"
        f" {', '.join(OPERATIONS[:13])}, …"
    )


def _names(strange: Counter[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name, _ in strange.most_common(_SHOWN))
    return shown + (", …" if len(strange) > _SHOWN else "")
