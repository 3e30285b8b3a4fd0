"""Where fault plans come from: TOML files, some of them built in, with figures to put over theirs.

A plan is asked for as `NAME[;field=value;…]`: the name of a built-in plan, a file, or a kind of
fault, and what is to be different about each of its rules.
"""

import tomllib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from mock_bkash.document import Section, Source, read_toml
from mock_bkash.fault.kind import Kind
from mock_bkash.fault.plan import FaultError, FaultPlan
from mock_bkash.fault.reading import read_plan

__all__ = ["load_plan", "named_plan", "plan_names", "plan_summary"]

_BUILT_IN: Final = (
    "altered-amount",
    "callback-lost",
    "duplicated",
    "gateway-timeout",
    "half-sent",
    "hung",
    "maintenance",
    "outage",
    "query-lag",
    "refused",
    "response-garbled",
    "response-lost",
    "slowing-down",
    "throttled",
    "token-revoked",
    "very-late",
)

MAX_ASKED_LENGTH: Final = 1_000
"""A header may carry it, so there is a limit."""

_PLANS: Final = files(__package__) / "plans"


def plan_names() -> tuple[str, ...]:
    """Return the names of the built-in plans, sorted."""
    return _BUILT_IN


def plan_summary(name: str) -> str:
    """Return what a built-in plan does, in a sentence."""
    first = (_PLANS / f"{name}.toml").read_text("utf-8").partition("\n")[0]
    return first.removeprefix("# ")


def load_plan(asked: str) -> FaultPlan:
    """Return a built-in plan, one kind of fault, or a plan from a TOML file.

    Raises:
        FaultError: there is no such plan or file, or it cannot be used.
    """
    name, *changes = asked.split(";")
    if not name.strip().endswith(".toml"):
        return named_plan(asked)
    path = Path(name.strip())
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise FaultError(f"cannot read fault plan {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FaultError(f"{path}: is not UTF-8 text (byte {error.start})") from error
    read_toml(text, name=str(path), error=FaultError)
    document = Section(_changed(text, changes), source=Source(str(path), text, FaultError))
    return read_plan(document, default_name=_as_name(path.stem))


@lru_cache(maxsize=256)
def named_plan(asked: str) -> FaultPlan:
    """Return a built-in plan or a single kind of fault; no file is looked at.

    Raises:
        FaultError: there is none, or it cannot be had with these changes.
    """
    if len(asked) > MAX_ASKED_LENGTH:
        raise FaultError(f"must be at most {MAX_ASKED_LENGTH} signs, got {len(asked)}")
    name, *changes = asked.split(";")
    choice = Section({"fault": name.strip()}, source=Source("", "", FaultError))
    name = choice.choice("fault", (*_BUILT_IN, *(kind.value for kind in Kind)))
    if name in _BUILT_IN:
        text = (_PLANS / f"{name}.toml").read_text("utf-8")
    else:
        text = f'[[faults]]\nfault = "{name}"'
    document = Section(_changed(text, changes), source=Source("", "", FaultError))
    return read_plan(document, default_name=name)


def _changed(text: str, changes: list[str]) -> dict[str, Any]:
    document = tomllib.loads(text)
    for change in changes:
        field, equals, value = (part.strip() for part in change.partition("="))
        if not equals:
            raise FaultError(f"{change.strip()!r}: must be field=value")
        if field in ("ttl_s", "name"):
            document[field] = _as_value(value)
            continue
        if field in ("shut_after_s", "shut_s"):
            # Any plan can be told to refuse connections, too.
            for shutting in document.setdefault("door", [{}]):
                shutting[field] = _as_value(value)
            continue
        for rule in document.get("faults", ()):
            _change(rule, field, value)
    return document


def _change(rule: dict[str, Any], field: str, value: str) -> None:
    if field in ("operation", "operations"):
        rule["operations"] = value.split(",")
    elif field.startswith("match."):
        rule.setdefault("match", {})[field.removeprefix("match.")] = value
    elif field in ("code", "message", "retry_after", "field"):
        rule[field] = value
    else:
        rule[field] = _as_value(value)


def _as_value(text: str) -> object:
    try:
        return tomllib.loads(f"v = {text}")["v"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return text


def _as_name(stem: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in stem.lower())
