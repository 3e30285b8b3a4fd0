"""Where profiles come from: TOML files, four of them built in.

Everything a person can get wrong in such a file is answered with the file, the line or the field,
and what was expected.
"""

import tomllib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Final, TypeVar

from mock_bkash.latency.distribution import Distribution, Tail
from mock_bkash.latency.operation import OPERATIONS
from mock_bkash.latency.profile import Network, Profile, ProfileError
from mock_bkash.latency.shape import Constant, Empirical, Lognormal, Shape, Uniform

__all__ = ["load_profile", "profile_names"]

T = TypeVar("T")

MAX_EMPIRICAL_VALUES: Final = 1_000_000
"""Most samples read from one file: 8 MB of memory, and far more than a quantile needs."""

_BUILT_IN: Final = ("constant", "fast", "flaky", "guide")

_SHAPES: Final[Mapping[str, tuple[Callable[..., Shape], tuple[str, ...]]]] = {
    "constant": (Constant, ("value_s",)),
    "lognormal": (Lognormal, ("median_s", "p95_s")),
    "uniform": (Uniform, ("low_s", "high_s")),
}


def profile_names() -> tuple[str, ...]:
    """Return the names of the built-in profiles, sorted."""
    return _BUILT_IN


def load_profile(name_or_path: str) -> Profile:
    """Return a built-in profile by its name, or one from a TOML file.

    Raises:
        ProfileError: there is no such profile or file, or the file cannot be used.
    """
    if name_or_path in _BUILT_IN:
        text = (files(__package__) / "profiles" / f"{name_or_path}.toml").read_text("utf-8")
        return _Reader(file=f"{name_or_path}.toml", folder=Path()).read(text, default=name_or_path)
    path = Path(name_or_path)
    if path.suffix != ".toml" and not path.is_file():
        known = ", ".join(_BUILT_IN)
        raise ProfileError(f"unknown profile {name_or_path!r}: give one of {known}, or a TOML file")
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ProfileError(f"cannot read profile {name_or_path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ProfileError(f"{name_or_path}: is not UTF-8 text (byte {error.start})") from error
    return _Reader(file=name_or_path, folder=path.parent).read(text, default=path.stem)


class _Reader:
    """Read one file; knows its name for the messages and its folder for further files."""

    def __init__(self, *, file: str, folder: Path) -> None:
        self._file = file
        self._folder = folder

    def read(self, text: str, *, default: str) -> Profile:
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            # The parser's message ends in "(at line 3, column 5)".
            raise ProfileError(f"{self._file}: {error}") from error
        self._refuse_unknown("", document, ("name", "operations", "network"))
        name = document.get("name", default)
        if not isinstance(name, str) or not name.strip():
            raise self._error("name", "must be a text that is not empty", name)
        operations = self._table("operations", document.get("operations", {}))
        self._refuse_unknown("operations", operations, OPERATIONS)
        return Profile(
            name=name,
            operations={
                operation: self._distribution(f"operations.{operation}", table)
                for operation, table in operations.items()
            },
            network=self._network(document.get("network", {})),
        )

    def _network(self, value: object) -> Network:
        known = ("gateway_round_trip_s", "shopper_round_trip_s")
        table = self._table("network", value)
        self._refuse_unknown("network", table, known)
        numbers = {field: self._number("network", table, field) for field in table}
        return self._built("network", lambda: Network(**numbers))

    def _distribution(self, at: str, value: object) -> Distribution:
        table = self._table(at, value)
        kind = table.get("kind")
        if kind == "empirical":
            self._refuse_unknown(at, table, ("kind", "tail", "file"))
            shape: Shape = self._empirical(at, table.get("file"))
        elif isinstance(kind, str) and kind in _SHAPES:
            build, fields = _SHAPES[kind]
            self._refuse_unknown(at, table, ("kind", "tail", *fields))
            numbers = {field: self._number(at, table, field) for field in fields}
            shape = self._built(at, lambda: build(**numbers))
        else:
            known = ", ".join((*_SHAPES, "empirical"))
            raise self._error(f"{at}.kind", f"must be one of {known}", kind)
        tail = self._tail(at, table["tail"]) if "tail" in table else None
        return Distribution(shape=shape, tail=tail)

    def _tail(self, at: str, value: object) -> Tail:
        fields = ("probability", "factor")
        table = self._table(f"{at}.tail", value)
        self._refuse_unknown(f"{at}.tail", table, fields)
        numbers = {field: self._number(f"{at}.tail", table, field) for field in fields}
        return self._built(at, lambda: Tail(**numbers))

    def _empirical(self, at: str, file: object) -> Empirical:
        if not isinstance(file, str):
            raise self._error(f"{at}.file", "must name a text file with one value per line", file)
        path = self._folder / file
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ProfileError(f"{self._file}: {at}.file: cannot read {path}: {error}") from error
        samples_s = tuple(
            _parse_sample(line, f"{path}:{number}")
            for number, line in enumerate(lines, start=1)
            if line.strip() and not line.startswith("#")
        )
        if len(samples_s) > MAX_EMPIRICAL_VALUES:
            expected = f"must hold at most {MAX_EMPIRICAL_VALUES} values"
            raise self._error(f"{at}.file", expected, len(samples_s))
        return self._built(at, lambda: Empirical(samples_s, file))

    def _number(self, at: str, table: Mapping[str, object], field: str) -> float:
        value = table.get(field)
        # TOML's true is a Python bool, which is an int.
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._error(f"{at}.{field}", "must be a number", value)
        return float(value)

    def _table(self, at: str, value: object) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise self._error(at, "must be a table", value)
        return value

    def _refuse_unknown(self, at: str, table: Mapping[str, object], known: tuple[str, ...]) -> None:
        for field in table:
            if field not in known:
                near = get_close_matches(field, known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"expected {', '.join(known)}"
                where = f"{at}.{field}" if at else field
                raise ProfileError(f"{self._file}: {where}: is not known here, {hint}")

    def _built(self, at: str, build: Callable[[], T]) -> T:
        try:
            return build()
        except ValueError as error:
            raise ProfileError(f"{self._file}: {at}.{error}") from error

    def _error(self, at: str, expected: str, value: object) -> ProfileError:
        got = "nothing" if value is None else repr(value)
        return ProfileError(f"{self._file}: {at}: {expected}, got {got}")


def _parse_sample(line: str, where: str) -> float:
    try:
        return float(line)
    except ValueError as error:
        raise ProfileError(f"{where}: must be a number of seconds, got {line.strip()!r}") from error
