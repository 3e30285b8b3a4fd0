"""A day of arrivals, hour by hour, from a file: CSV or TOML.

    hour,arrivals            [hours]
    0,2                      0 = 2
    9,40                     9 = 40
    10,120.5                 10 = 120.5

Arrivals are shoppers in that hour. An hour that is not named has none. What is wrong in a file is
said with its line.
"""

import csv
import math
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.errors import ConfigurationError
from harness.load.pacer import HOURS_PER_DAY

__all__ = ["MAX_PER_HOUR", "DayProfile", "load_day_profile"]

MAX_PER_HOUR = 1_000_000.0
"""Most arrivals of an hour: 280 a second, more than any shop of one process serves."""

MAX_FILE_BYTES = 64_000

_HEADER = ("hour", "arrivals")


@dataclass(frozen=True, slots=True)
class DayProfile:
    """Say how many shoppers arrive in each hour of a day.

    Attributes:
        name: what reports call it.
        rates_per_hour: 24 numbers, from midnight on.
    """

    name: str
    rates_per_hour: tuple[float, ...]

    @property
    def per_day(self) -> float:
        """Return how many arrive in a day."""
        return math.fsum(self.rates_per_hour)


def load_day_profile(path: Path) -> DayProfile:
    """Read a day from a `.csv` or a `.toml` file.

    Raises:
        ConfigurationError: the file cannot be read, or says something that is no day (with line).
    """
    text = _read(path)
    hours: dict[int, float] = {}
    rows = _toml_rows(path, text) if path.suffix.lower() == ".toml" else _csv_rows(path, text)
    for line, hour_text, rate_text in rows:
        where = f"{path}, line {line}"
        hour = _hour(where, hour_text)
        if hour in hours:
            raise ConfigurationError(f"{where}: hour {hour} is named twice")
        hours[hour] = _rate(where, rate_text)
    if not any(hours.values()):
        raise ConfigurationError(f"{path}: nobody arrives in any hour; name one as 'hour,arrivals'")
    rates = tuple(hours.get(hour, 0.0) for hour in range(HOURS_PER_DAY))
    return DayProfile(name=path.stem, rates_per_hour=rates)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(f"cannot read day profile {path}: {error.strerror}") from error
    if len(raw) > MAX_FILE_BYTES:
        raise ConfigurationError(f"day profile {path} is larger than {MAX_FILE_BYTES} bytes")
    try:
        # Spreadsheets put a byte order mark before the first word.
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"day profile {path} is not UTF-8 text") from error


def _csv_rows(path: Path, text: str) -> Iterable[tuple[int, str, str]]:
    reader = csv.reader(text.splitlines())
    is_first = True
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        may_be_header, is_first = is_first, False
        if may_be_header and _is_header(path, reader.line_num, cells):
            continue
        if len(cells) != len(_HEADER):
            raise ConfigurationError(
                f"{path}, line {reader.line_num}: {','.join(row)!r} is not 'hour,arrivals'"
            )
        yield reader.line_num, cells[0], cells[1]


def _is_header(path: Path, line: int, cells: list[str]) -> bool:
    """Tell a header from a row of numbers; refuse one of other columns."""
    if cells[0][:1].isdigit():
        return False
    if tuple(cell.lower() for cell in cells) != _HEADER:
        raise ConfigurationError(
            f"{path}, line {line}: {','.join(cells)!r} is not the header {','.join(_HEADER)!r};"
            " a row is an hour from 0 to 23 and the shoppers who arrive in it, as 9,40"
        )
    return True


def _toml_rows(path: Path, text: str) -> Iterable[tuple[int, str, str]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"day profile {path} is broken TOML: {error}") from error
    table = document.get("hours")
    if not isinstance(table, dict) or set(document) != {"hours"}:
        raise ConfigurationError(f"{path}: expected one table [hours] with lines such as '9 = 40'")
    lines = text.splitlines()
    for key, value in table.items():
        pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        line = next((n for n, line in enumerate(lines, start=1) if pattern.match(line)), 1)
        # A TOML `true` is a Python int; it is no number of shoppers.
        yield line, key, "true" if value is True else str(value)


def _hour(where: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < HOURS_PER_DAY):
        raise ConfigurationError(f"{where}: {text!r} is not an hour from 0 to 23")
    return int(text)


def _rate(where: str, text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not 0 <= rate <= MAX_PER_HOUR:
        raise ConfigurationError(
            f"{where}: {text!r} is not a number of arrivals from 0 to {MAX_PER_HOUR:,.0f}"
        )
    return rate
