"""A TOML file of limits, to live in git beside the code that it guards.

    limits = ["guide", "p95 create_payment +2%"]

or, with what there is to say about each:

    [[limit]]
    rule = "p95 payment_time < 3.2s"
    variants = ["optimized"]
    why = "what support promised the shops"
"""

import tomllib
from pathlib import Path
from typing import Any

from harness.errors import ConfigurationError
from harness.gate.grammar import parse_limit
from harness.gate.limit import Limit

__all__ = ["LIMIT_BYTES", "read_limits"]

LIMIT_BYTES = 1_000_000
"""Largest file that is read: a thousand times what anybody writes."""

_LIST = "limits"
_TABLES = "limit"
_KEYS = ("rule", "variants", "why")


def read_limits(path: Path, *, clock: str) -> tuple[Limit, ...]:
    """Read the limits of a file.

    Raises:
        ConfigurationError: the file cannot be read, is broken TOML, holds no limit, or one that
            cannot be used; the message names file, line where known, and what would be valid.
    """
    text = _read(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # tomllib ends its sentence with the line and column.
        raise ConfigurationError(f"limits file {path} is broken TOML: {error}") from error
    except RecursionError:
        raise ConfigurationError(f"limits file {path} is nested too deeply to be meant") from None
    entries = _entries(document, path)
    limits = [
        limit
        for entry in entries
        for limit in _parse_entry(entry, place=_place(path, text, entry), clock=clock)
    ]
    if not limits:
        raise ConfigurationError(
            f'limits file {path} holds no limit; write limits = ["p95 payment_time < 3s"], or'
            " [[limit]] tables with a rule"
        )
    return tuple(limits)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(f"cannot read limits file {path}: {error.strerror}") from error
    if len(content) > LIMIT_BYTES:
        raise ConfigurationError(f"limits file {path} is larger than {LIMIT_BYTES} bytes")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"limits file {path} is not UTF-8 text") from error


def _entries(document: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    strange = next((key for key in document if key not in {_LIST, _TABLES}), None)
    if strange is not None:
        raise ConfigurationError(
            f"limits file {path}: {strange!r} is not known; limits stand in the list {_LIST} or in"
            f" [[{_TABLES}]] tables"
        )
    written = document.get(_LIST, [])
    if not isinstance(written, list) or not all(isinstance(text, str) for text in written):
        raise ConfigurationError(f"limits file {path}: {_LIST} is not a list of texts")
    tables = document.get(_TABLES, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigurationError(
            f"limits file {path}: {_TABLES} is not a table; write [[{_TABLES}]]"
        )
    return [{"rule": text} for text in written] + tables


def _place(path: Path, text: str, entry: dict[str, Any]) -> str:
    """Return where an entry stands: TOML values know no line, so its rule is looked for."""
    rule = entry.get("rule")
    if isinstance(rule, str) and rule:
        for number, line in enumerate(text.splitlines(), start=1):
            if rule in line:
                return f"{path} line {number}"
    return str(path)


def _parse_entry(entry: dict[str, Any], *, place: str, clock: str) -> tuple[Limit, ...]:
    strange = next((key for key in entry if key not in _KEYS), None)
    if strange is not None:
        raise ConfigurationError(
            f"{place}: {strange!r} is not known in [[{_TABLES}]]; there are {', '.join(_KEYS)}"
        )
    rule, why = entry.get("rule"), entry.get("why", "")
    if not isinstance(rule, str) or not isinstance(why, str):
        raise ConfigurationError(
            f'{place}: a [[{_TABLES}]] needs a text rule = "p95 payment_time < 3s"; why is a text'
        )
    return parse_limit(f"{_selector(entry, place)}{rule}", clock=clock, origin=place, why=why)


def _selector(entry: dict[str, Any], place: str) -> str:
    if "variants" not in entry:
        return ""
    names = entry["variants"]
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        raise ConfigurationError(f'{place}: variants is not a list of names such as ["optimized"]')
    if ":" in entry["rule"]:
        raise ConfigurationError(f"{place}: variants are named twice, in variants and in the rule")
    return f"{', '.join(names)}: "
