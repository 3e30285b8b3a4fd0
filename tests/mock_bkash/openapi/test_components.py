"""JSON Schemas of our types."""

from typing import TypedDict

import pytest
from msgspec import Raw, Struct, UnsetType, field

from mock_bkash.openapi import Components


class Answer(Struct):
    """An answer.

    Attributes:
        told: always.
    """

    told: str
    at_times: str | UnsetType


class Request(Struct, rename={"asked_for": "askedFor"}):
    """A request."""

    asked_for: str | None = None
    amount: Raw = field(default_factory=Raw)


class Shown(TypedDict):
    """What is shown."""

    lines: list[Answer]


def test_what_an_answer_may_lack_is_not_required():
    """Though whoever makes one says each field."""
    components = Components()
    assert components.of(Answer) == {"$ref": "#/components/schemas/Answer"}
    schema = components.schemas["Answer"]
    assert schema["required"] == ["told"]
    assert schema["description"] == "An answer."
    assert "title" not in schema


def test_what_a_request_needs_is_said():
    """The type is lenient; the document says what bKash wants. An amount is a text or a number."""
    components = Components()
    components.of(Request, needs=("askedFor",))
    schema = components.schemas["Request"]
    assert schema["required"] == ["askedFor"]
    kinds = {kind["type"] for kind in schema["properties"]["amount"]["anyOf"]}
    assert kinds == {"string", "number", "null"}


def test_types_of_one_name_are_kept_apart():
    """With all that they refer to."""
    components = Components()
    assert components.of(Shown, suffix="V2") == {"$ref": "#/components/schemas/ShownV2"}
    assert set(components.schemas) == {"ShownV2", "AnswerV2"}
    line = components.schemas["ShownV2"]["properties"]["lines"]["items"]
    assert line == {"$ref": "#/components/schemas/AnswerV2"}


def test_two_schemas_of_one_name_are_a_mistake():
    """Nobody could tell which one is meant."""
    components = Components()
    components.add("Same", {"type": "object"})
    components.add("Same", {"type": "object"})
    with pytest.raises(AssertionError, match="two schemas are called Same"):
        components.add("Same", {"type": "array"})
