"""What a person wrote, read field by field: a table of a TOML file, or a JSON object.

Whoever reads one asks for the fields that are to be there. Each complaint says in one line which
file and field it is about, what was expected, what stands there instead, and at which line.
"""

import math
import re
import tomllib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Final, NamedTuple, TypeVar

__all__ = ["Section", "Source", "read_toml"]

T = TypeVar("T")

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([\w.\"' -]+?)\s*\]")
_KEY: Final = re.compile(r"\s*([\w.\"'-]+)\s*=")


class Source(NamedTuple):
    """Say where a document came from, and how to complain about it.

    Attributes:
        name: of the file, as the person who gave it wrote it; "" where there is none.
        text: of the file, to find lines in; "" where there are none.
        error: what a complaint is raised as.
    """

    name: str
    text: str
    error: type[ValueError]

    def complaint(self, at: str, expected: str) -> ValueError:
        """Return an error about the field `at` ("faults[1].match.wallet")."""
        line = _line_of(self.text, at)
        where = f"{self.name}: " if self.name else ""
        mark = f" (at line {line})" if line else ""
        return self.error(f"{where}{at}: {expected}{mark}")


def read_toml(text: str, *, name: str, error: type[ValueError]) -> "Section":
    """Return the table that a TOML text is; `name` is what complaints call it.

    Raises:
        ValueError: of the type `error`; it is no TOML.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        # The parser's message ends in "(at line 3, column 5)".
        raise error(f"{name}: {problem}") from problem
    except RecursionError as problem:
        raise error(f"{name}: is nested beyond reading") from problem
    return Section(document, source=Source(name, text, error))


class Section:
    """Read one table.

    Attributes:
        at: its place in the document, "" for all of it.
    """

    def __init__(self, table: Mapping[str, object], *, source: Source, at: str = "") -> None:
        self.at = at
        self._table = table
        self._source = source

    def refuse_unknown(self, known: tuple[str, ...]) -> None:
        """Complain about a field that is none of these, so that no misspelling goes unnoticed."""
        for field in self._table:
            if field not in known:
                near = get_close_matches(field, known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"expected {', '.join(known)}"
                raise self._source.complaint(self._place(field), f"is not known here, {hint}")

    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields that are there."""
        return tuple(self._table)

    def value(self, field: str) -> object:
        """Return whatever stands there, None for nothing."""
        return self._table.get(field)

    def number(self, field: str, *, default: float | None = None) -> float:
        """Return a number; without a default it has to be there. It may be no finite one."""
        value = self._table.get(field, default)
        # TOML's true is a Python bool, which is an int.
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.complain(field, "must be a number")
        return float(value)

    def whole(self, field: str, *, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        value = self._table.get(field)
        if isinstance(value, float) and value.is_integer():
            # JSON has one kind of number, and some write a whole one with a point.
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.complain(field, f"must be a whole number from {low} to {high}")
        return value

    def within(self, field: str, *, low: float, high: float = math.inf) -> float:
        """Return a finite number from `low` to `high`."""
        value = self.number(field)
        if not low <= value <= high or math.isinf(value):
            bound = f"{low:g} or more" if math.isinf(high) else f"from {low:g} to {high:g}"
            raise self.complain(field, f"must be a finite number, {bound}")
        return value

    def text(self, field: str, *, default: str | None = None) -> str:
        """Return a text that is not blank; without a default it has to be there."""
        value = self._table.get(field, default)
        if not isinstance(value, str) or not value.strip():
            raise self.complain(field, "must be a text that is not empty")
        return value

    def choice(self, field: str, known: tuple[str, ...]) -> str:
        """Return one of the texts that are known."""
        value = self._table.get(field)
        if not isinstance(value, str) or value not in known:
            near = get_close_matches(value, known, n=1) if isinstance(value, str) else []
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise self.complain(field, f"must be one of {', '.join(known)}{hint}")
        return value

    def choices(self, field: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Return the texts of a list, each of which is known."""
        values = self._table.get(field)
        if not isinstance(values, list) or not values:
            raise self.complain(field, "must be a list that is not empty")
        row = {f"{field}[{i}]": value for i, value in enumerate(values)}
        listed = Section(row, source=self._source, at=self.at)
        return tuple(listed.choice(place, known) for place in row)

    def section(self, field: str) -> "Section":
        """Return a table inside; an empty one where there is none."""
        value = self._table.get(field, {})
        if not isinstance(value, dict):
            raise self.complain(field, "must be a table")
        return Section(value, source=self._source, at=self._place(field))

    def sections(self, field: str) -> list["Section"]:
        """Return the tables of a list; none where there is no list."""
        values = self._table.get(field, [])
        if not isinstance(values, list):
            raise self.complain(field, "must be a list of tables")
        row = {f"{field}[{i}]": value for i, value in enumerate(values)}
        listed = Section(row, source=self._source, at=self.at)
        return [listed.section(place) for place in row]

    def built(self, build: Callable[[], T]) -> T:
        """Return what `build` makes of the table; its ValueError begins with a field's name."""
        try:
            return build()
        except ValueError as problem:
            field, _, expected = str(problem).partition(": ")
            raise self._source.complaint(self._place(field), expected) from problem

    def complain(self, field: str, expected: str) -> ValueError:
        """Return an error about a field: what it must be, and what stands there."""
        value = self._table.get(field)
        got = "nothing" if value is None else _shortened(value)
        return self._source.complaint(self._place(field), f"{expected}, got {got}")

    def _place(self, field: str) -> str:
        return f"{self.at}.{field}" if self.at else field


def _shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:97]}..."


def _line_of(text: str, place: str) -> int:
    """Return the line of a field, or of the last table above it that has one; 0 for none.

    A light reading of TOML, good enough to point with: it follows headers and keys, and would be
    misled by a text over several lines that looks like them.
    """
    found, length, table = 0, 0, ""
    rows: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header is not None:
            table = here = _name_table(header[2], rows, in_list=header[1] == "[[")
        elif key is not None:
            here = f"{table}.{_bare(key[1])}" if table else _bare(key[1])
        else:
            continue
        if _leads_to(here, place) and len(here) > length:
            found, length = number, len(here)
    return found


def _name_table(header: str, rows: dict[str, int], *, in_list: bool) -> str:
    # [[faults]] begins a row of the list; [faults.match] belongs to the row begun last.
    name = _bare(header)
    if in_list:
        rows[name] = rows.get(name, -1) + 1
    first, dot, rest = name.partition(".")
    return f"{first}[{rows[first]}]{dot}{rest}" if first in rows else name


def _leads_to(here: str, place: str) -> bool:
    return place == here or (place.startswith(here) and place[len(here)] in ".[")


def _bare(name: str) -> str:
    return re.sub(r"[\"' ]", "", name)
