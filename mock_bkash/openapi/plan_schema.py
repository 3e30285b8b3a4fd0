"""JSON Schema of a fault plan, made from the table of what each kind of fault takes."""

from collections.abc import Mapping
from typing import Final

from mock_bkash.fault import CALLBACK, Kind, Match, plan_names
from mock_bkash.fault.fault import MAX_SIZE_BYTES
from mock_bkash.fault.kind import SPECS, Spec
from mock_bkash.fault.reading import MAX_RULES
from mock_bkash.fault.shutting import MAX_SHUT_AFTER_S, MAX_SHUT_S
from mock_bkash.openapi.components import Components, Schema
from mock_bkash.wire import MESSAGES

__all__ = ["plan_schema"]

_SECONDS: Final[Schema] = {"type": "number", "minimum": 0}
_WHOLE: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": 1_000_000_000}
_LINE: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": 1000}

_PARAMETERS: Final[Mapping[str, Schema]] = {
    "seconds": _SECONDS,
    "status": {"type": "integer", "minimum": 200, "maximum": 599},
    "code": {"enum": list(MESSAGES)},
    "answer": {"enum": ["first", "second"]},
    "bytes_per_s": {"type": "number", "minimum": 0.001, "maximum": 1e6},
    "share": {"type": "number", "minimum": 0, "maximum": 0.999},
    "size_bytes": {"type": "integer", "minimum": 1, "maximum": MAX_SIZE_BYTES},
    "value": {"type": ["string", "number", "boolean", "null"]},
}
"""By name; the others are a line of text."""

_CONDITIONS: Final[Mapping[str, Schema]] = {
    "probability": {"type": "number", "minimum": 0, "maximum": 1},
    "first": _WHOLE,
    "count": _WHOLE,
    "from_s": _SECONDS,
    "until_s": _SECONDS,
    "ramp_s": _SECONDS,
}


def plan_schema(components: Components) -> Schema:
    """Return the schema of a request that puts a plan in force: by its name, or by its rules."""
    rules = [components.add(_name(kind), _rule(kind, spec)) for kind, spec in SPECS.items()]
    app_key = {"type": "string", "minLength": 1, "maxLength": 255}
    by_name = {
        "description": "A plan by its name, with figures over it: `NAME[;field=value…]`.",
        "type": "object",
        "properties": {
            "app_key": app_key,
            "plan": {"type": "string", "examples": list(plan_names())},
        },
        "required": ["plan"],
        "additionalProperties": False,
    }
    by_rules = {
        "description": "A plan by its rules; to a call happens what the first that strikes says.",
        "type": "object",
        "properties": {
            "app_key": app_key,
            "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_.-]{0,63}$"},
            "ttl_s": _SECONDS,
            "faults": {
                "type": "array",
                "minItems": 1,
                "maxItems": MAX_RULES,
                "items": {"oneOf": rules},
            },
            "door": {
                "description": "When the whole server refuses new connections, after the start.",
                "type": "array",
                "minItems": 1,
                "maxItems": MAX_RULES,
                "items": {
                    "type": "object",
                    "properties": {
                        "shut_after_s": {**_SECONDS, "maximum": MAX_SHUT_AFTER_S},
                        "shut_s": {**_SECONDS, "maximum": MAX_SHUT_S},
                    },
                    "required": ["shut_s"],
                    "additionalProperties": False,
                },
            },
        },
        "anyOf": [{"required": ["faults"]}, {"required": ["door"]}],
        "additionalProperties": False,
    }
    return {"oneOf": [components.add("NamedPlan", by_name), components.add("Plan", by_rules)]}


def _name(kind: Kind) -> str:
    return "Fault" + "".join(word.title() for word in kind.split("_"))


def _rule(kind: Kind, spec: Spec) -> Schema:
    named = {name: _PARAMETERS.get(name, _LINE) for name in (*spec.needs, *spec.takes)}
    if "status" in named and kind is not Kind.HTML:
        named["status"] = {**named["status"], "minimum": 400}
    return {
        "description": f"{kind}; happens to all calls that it can but {CALLBACK}, unless named.",
        "type": "object",
        "properties": {
            "fault": {"const": str(kind)},
            "moment": {"enum": [str(moment) for moment in spec.moments]},
            "operations": {
                "type": "array",
                "minItems": 1,
                "items": {"enum": list(spec.operations)},
            },
            **_CONDITIONS,
            "match": {
                "type": "object",
                "properties": dict.fromkeys(Match.__struct_fields__, _LINE),
                "additionalProperties": False,
            },
            **named,
        },
        "required": ["fault", *spec.needs],
        "additionalProperties": False,
    }
