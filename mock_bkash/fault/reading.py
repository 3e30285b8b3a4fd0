"""Fault plans from what a person wrote, field by field; the same for TOML, JSON and a header."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from mock_bkash.document import Section
from mock_bkash.fault.fault import (
    DEFAULT_BOMB_BYTES,
    DEFAULT_HANG_S,
    DEFAULT_HUGE_BYTES,
    MAX_SIZE_BYTES,
    AlteredValue,
    Fault,
)
from mock_bkash.fault.kind import CALLBACK, SPECS, Kind, Moment, Spec
from mock_bkash.fault.plan import FaultPlan
from mock_bkash.fault.rule import Match, Rule
from mock_bkash.fault.shutting import MAX_SHUT_AFTER_S, MAX_SHUT_S, Shutting
from mock_bkash.wire import MESSAGES

__all__ = ["MAX_RULES", "PLAN_FIELDS", "read_faults", "read_plan"]

MAX_RULES: Final = 64
"""Most rules of a plan: each is asked at each call."""

MAX_COUNT: Final = 1_000_000_000
MAX_TEXT_LENGTH: Final = 1_000

PLAN_FIELDS: Final = ("name", "ttl_s", "faults", "door")

_RULE_FIELDS: Final = (
    *("fault", "moment", "operations", "probability", "first", "count"),
    *("from_s", "until_s", "ramp_s", "match"),
)
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}", re.ASCII)
_KINDS: Final = tuple(kind.value for kind in Kind)
_PRINTABLE: Final = re.compile(r"[\x20-\x7e]+")


def read_plan(document: Section, *, default_name: str) -> FaultPlan:
    """Return the plan that a whole document is.

    Raises:
        ValueError: of the document's own type; it names the field.
    """
    document.refuse_unknown(PLAN_FIELDS)
    name = document.text("name", default=default_name)
    if not _NAME.fullmatch(name):
        expected = "must be up to 64 lower-case letters, digits, points, dashes, underscores"
        raise document.complain("name", expected)
    rules = read_faults(document)
    door = _door(document)
    if not rules and not door:
        raise document.complain("faults", "must be a list that is not empty")
    ttl_s = document.within("ttl_s", low=0) if "ttl_s" in document.fields() else None
    return FaultPlan(name=name, rules=rules, door=door, ttl_s=ttl_s)


def read_faults(document: Section) -> tuple[Rule, ...]:
    """Return the rules in a document's list `faults`; none where there is no such list."""
    rules = document.sections("faults")
    if len(rules) > MAX_RULES:
        raise document.complain("faults", f"must be at most {MAX_RULES} rules")
    return tuple(_rule(rule) for rule in rules)


def _door(document: Section) -> tuple[Shutting, ...]:
    shuttings = document.sections("door")
    if len(shuttings) > MAX_RULES:
        raise document.complain("door", f"must be at most {MAX_RULES} times")
    return tuple(_shutting(section) for section in shuttings)


def _shutting(section: Section) -> Shutting:
    section.refuse_unknown(("shut_after_s", "shut_s"))
    late = "shut_after_s" in section.fields()
    return Shutting(
        shut_after_s=section.within("shut_after_s", low=0, high=MAX_SHUT_AFTER_S) if late else 0.0,
        shut_s=section.within("shut_s", low=0, high=MAX_SHUT_S),
    )


def _rule(section: Section) -> Rule:
    kind = Kind(section.choice("fault", _KINDS))
    spec = SPECS[kind]
    section.refuse_unknown((*_RULE_FIELDS, *spec.needs, *spec.takes))
    given = section.fields()
    rule: dict[str, Any] = {
        field: section.within(field, low=0, high=1 if field == "probability" else float("inf"))
        for field in ("probability", "from_s", "until_s", "ramp_s")
        if field in given
    }
    rule |= {
        field: section.whole(field, low=1, high=MAX_COUNT)
        for field in ("first", "count")
        if field in given
    }
    if rule.get("until_s", float("inf")) <= rule.get("from_s", 0):
        raise section.complain("until_s", "must be above from_s")
    return Rule(
        fault=_fault(section, kind, spec),
        operations=_operations(section, spec),
        match=_match(section.section("match")),
        **rule,
    )


def _operations(section: Section, spec: Spec) -> frozenset[str]:
    if "operations" in section.fields():
        return frozenset(section.choices("operations", spec.operations))
    # The callback is no call, so it has to be named.
    return frozenset(spec.operations) - {CALLBACK}


def _match(section: Section) -> Match:
    section.refuse_unknown(Match.__struct_fields__)
    return Match(**{field: section.text(field) for field in section.fields()})


def _fault(section: Section, kind: Kind, spec: Spec) -> Fault:
    moments = tuple(moment.value for moment in spec.moments)
    given = section.fields()
    moment = Moment(section.choice("moment", moments)) if "moment" in given else spec.moments[0]
    fields: dict[str, Any] = {
        field: _parameter(section, kind, field)
        for field in (*spec.needs, *spec.takes)
        if field in given or field in spec.needs
    }
    return Fault(kind=kind, moment=moment, **(_defaults(kind) | fields))


def _defaults(kind: Kind) -> dict[str, Any]:
    if kind is Kind.HANG:
        return {"seconds": DEFAULT_HANG_S}
    if kind is Kind.HTML:
        return {"status": 200}
    if kind is Kind.HUGE:
        return {"size_bytes": DEFAULT_HUGE_BYTES}
    return {"size_bytes": DEFAULT_BOMB_BYTES} if kind is Kind.GZIP_BOMB else {}


def _parameter(section: Section, kind: Kind, field: str) -> object:
    if field == "status":
        return section.whole(field, low=200 if kind is Kind.HTML else 400, high=599)
    return _READERS.get(field, _line)(section, field)


def _altered(section: Section, field: str) -> AlteredValue:
    value = section.value(field)
    if not isinstance(value, AlteredValue):
        raise section.complain(field, "must be a text, a number, true or false")
    return value


def _line(section: Section, field: str) -> str:
    # It may end up in a header or an address.
    text = section.text(field)
    if len(text) > MAX_TEXT_LENGTH or not _PRINTABLE.fullmatch(text):
        raise section.complain(field, f"must be at most {MAX_TEXT_LENGTH} printable signs")
    return text


_READERS: Final[Mapping[str, Callable[[Section, str], object]]] = {
    "seconds": lambda section, field: section.within(field, low=0),
    "code": lambda section, field: section.choice(field, tuple(MESSAGES)),
    "answer": lambda section, field: section.choice(field, ("first", "second")),
    "bytes_per_s": lambda section, field: section.within(field, low=0.001, high=1e6),
    "share": lambda section, field: section.within(field, low=0, high=0.999),
    "size_bytes": lambda section, field: section.whole(field, low=1, high=MAX_SIZE_BYTES),
    "value": _altered,
}
"""How each parameter is read; the others are a line of text."""
