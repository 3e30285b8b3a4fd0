"""The TOML file of a target: what is wrong in it is said with file, line and field."""

import re
import tomllib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from harness.errors import ConfigurationError
from harness.load.pointer import Pointer
from harness.load.target import BodyFormat, Endpoint, Target
from harness.load.template import PLACES, is_place, places_in

__all__ = ["load_target", "target_names"]

META_PREFIX = "meta:"
REDIRECT = "redirect"
NONE = "none"
MAX_TARGET_BYTES = 64_000

_KNOWN = (
    *("body", "body_format", "callback", "callback_body", "land", "make_payment", "name", "paid"),
    *("payment_id", "prefetch", "redirect_url", "result", "url"),
)
_SHIPPED = files("harness.load") / "targets"
_ENDPOINT = re.compile(r"(GET|POST|PUT|PATCH) (/\S*)")

T = TypeVar("T")


def target_names() -> tuple[str, ...]:
    """Return the names of the targets that ship, sorted."""
    return tuple(
        sorted(
            entry.name.removesuffix(".toml")
            for entry in _SHIPPED.iterdir()
            if entry.name.endswith(".toml")
        )
    )


def load_target(name_or_path: str) -> Target:
    """Return a shipped target by its name, or one's own by its file.

    Raises:
        ConfigurationError: there is no such target; or the file is not TOML, or has a field that is
            unknown, missing or impossible (says file, line and field).
    """
    if name_or_path in target_names():
        text = (_SHIPPED / f"{name_or_path}.toml").read_text("utf-8")
        return _parse(text, f"{name_or_path}.toml")
    path = Path(name_or_path)
    if path.suffix != ".toml" and not path.is_file():
        raise ConfigurationError(
            f"unknown target {name_or_path!r}; known are {', '.join(target_names())}; and there is"
            " no file of that name (a target of your own is a TOML file)"
        )
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_TARGET_BYTES + 1)
        text = raw.decode("utf-8")
    except OSError as error:
        raise ConfigurationError(f"cannot read target {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"target {path} is not UTF-8 text") from error
    if len(raw) > MAX_TARGET_BYTES:
        raise ConfigurationError(f"target {path} is larger than {MAX_TARGET_BYTES} bytes")
    return _parse(text, str(path))


def _parse(text: str, file: str) -> Target:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # At the end of the file tomllib leaves the line out.
        line = f"end of document, line {len(text.splitlines())}"
        message = str(error).replace("end of document", line)
        raise ConfigurationError(f"{file} is not TOML: {message}") from error
    if not table:
        raise ConfigurationError(
            f"{file} is empty; copy harness/load/targets/guide-nextjs.toml and change what differs"
        )
    fields = _Fields(table, text=text, file=file)
    # First, so that a misspelt field is not called missing.
    fields.refuse_unknown(_KNOWN)
    prefetch = fields.take("prefetch", _prefetch, default=f"{META_PREFIX}bkash-prefetch")
    return Target(
        name=fields.take("name", _word),
        land=fields.take("land", _endpoint),
        make_payment=fields.take("make_payment", _endpoint),
        body=fields.take("body", _body, default={}),
        body_format=fields.take("body_format", _body_format, default=BodyFormat.JSON),
        redirect_url=fields.take("redirect_url", Pointer.parse),
        payment_id=fields.take("payment_id", Pointer.parse, default="data.paymentID"),
        prefetch_meta=prefetch if isinstance(prefetch, str) else None,
        prefetch=prefetch if isinstance(prefetch, Endpoint) else None,
        callback=fields.take("callback", _callback, default=REDIRECT),
        callback_body=fields.take("callback_body", _body, default={}),
        result=fields.take("result", _result, default=NONE),
        paid=fields.take("paid", re.compile, default=""),
        url=fields.take("url", _url, default="") or None,
        lines=fields.lines(),
    )


class _Fields:
    """Take a table apart field by field; what is wrong is said with file, line and field."""

    def __init__(self, table: dict[str, Any], *, text: str, file: str) -> None:
        self._table = table
        self._text = text
        self._file = file

    def refuse_unknown(self, known: tuple[str, ...]) -> None:
        for field in self._table:
            if field not in known:
                near = get_close_matches(field, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
                raise ConfigurationError(f"{self._where(field)}: there is no such field; {hint}")

    def take(self, field: str, read: Callable[[Any], T], default: Any = None) -> T:
        assert field in _KNOWN, f"what is read must be known: {field}"
        value = self._table.get(field, default)
        if value is None:
            raise ConfigurationError(f"{self._file}: field {field} is missing")
        try:
            if not isinstance(value, dict) and not isinstance(value, str):
                raise ValueError(f"{value!r} is neither a text nor a table")
            if isinstance(value, dict) and read is not _body:
                raise ValueError("it must be a text, not a table")
            return read(value)
        except (ValueError, re.error) as error:
            raise ConfigurationError(f"{self._where(field)}: {error}") from error

    def lines(self) -> dict[str, int]:
        """Return the line on which each field stands."""
        known = ((field, self._line(field)) for field in self._table)
        return {field: line for field, line in known if line is not None}

    def _where(self, field: str) -> str:
        line = self._line(field)
        return f"{self._file}, {'' if line is None else f'line {line}, '}field {field}"

    def _line(self, field: str) -> int | None:
        pattern = re.compile(rf"\s*(\[\s*)?[\"']?{re.escape(field)}[\"']?\s*[]=.]")
        for number, line in enumerate(self._text.splitlines(), start=1):
            if pattern.match(line):
                return number
        return None


def _word(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty")
    return text


def _endpoint(text: str) -> Endpoint:
    match = _ENDPOINT.fullmatch(text)
    if match is None:
        raise ValueError(
            f"{text!r} is not a method and a path; write it as 'POST /api/bkash/make-payment'"
        )
    _check_places(text)
    return Endpoint(method=match[1], path=match[2])


def _prefetch(text: str) -> str | Endpoint | None:
    if text.startswith(META_PREFIX):
        return _word(text.removeprefix(META_PREFIX))
    return None if text == NONE else _endpoint(text)


def _callback(text: str) -> Endpoint | None:
    return None if text == REDIRECT else _endpoint(text)


def _result(text: str) -> Pointer | None:
    return None if text == NONE else Pointer.parse(text)


def _url(text: str) -> str:
    if text and re.fullmatch(r"https?://[^\s/?#@]+", text) is None:
        raise ValueError(f"{text!r} is not an origin such as http://127.0.0.1:3000")
    return text


def _body_format(text: str) -> BodyFormat:
    if text not in list(BodyFormat):
        raise ValueError(f"{text!r} is not a format; json and form are")
    return BodyFormat(text)


def _body(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} is not a table")
    _check_places(value)
    return value


def _check_places(value: Any) -> None:
    for place in places_in(value):
        if not is_place(place):
            raise ValueError(
                f"nothing fills {{{place}}}; known are {', '.join(PLACES)} and page.FIELD"
            )
