"""JSON Schemas of our types, by the names that an OpenAPI document refers to them by."""

from typing import Any, Final, get_args, get_type_hints

from msgspec import UnsetType
from msgspec.json import schema_components
from msgspec.structs import fields

__all__ = ["Components", "Schema"]

Schema = dict[str, Any]

_PREFIX: Final = "#/components/schemas/"

AMOUNT: Final[Schema] = {
    "description": "In taka, with at most two decimals; a text or a number, as clients send both.",
    "anyOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}],
}
"""What stands for a value that is kept as it was written."""


class Components:
    """Collect schemas.

    Attributes:
        schemas: by name.
    """

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}

    def of(self, kind: type, *, suffix: str = "", needs: tuple[str, ...] = ()) -> Schema:
        """Return a reference to the schema of a type, which is added where it is missing.

        `suffix` keeps types of one name apart; `needs` are fields that must be there though the
        type goes without.
        """
        _, found = schema_components([kind], ref_template=_PREFIX + "{name}")
        for name, schema in found.items():
            if name == kind.__name__:
                _amend(schema, kind, needs)
            schema.pop("title", None)
            schema["description"] = schema.get("description", name).partition("\n")[0]
            self.add(name + suffix, _renamed(schema, suffix))
        return {"$ref": f"{_PREFIX}{kind.__name__}{suffix}"}

    def add(self, name: str, schema: Schema) -> Schema:
        """Return a reference to a schema of that name."""
        known = self.schemas.setdefault(name, schema)
        assert known == schema, f"two schemas are called {name}"
        return {"$ref": _PREFIX + name}


def _amend(schema: Schema, kind: type, needs: tuple[str, ...]) -> None:
    if not hasattr(kind, "__struct_fields__"):
        return
    hints = get_type_hints(kind)
    for field in fields(kind):
        name = field.encode_name
        if UnsetType in get_args(hints[field.name]) and name in schema["required"]:
            # The type has no default for it, because whoever makes one says each field.
            schema["required"].remove(name)
        if not schema["properties"][name]:
            schema["properties"][name] = AMOUNT
    if needs:
        schema["required"] = sorted({*schema.get("required", ()), *needs})


def _renamed(value: Any, suffix: str) -> Any:
    if isinstance(value, dict):
        return {
            key: inner + suffix if key == "$ref" else _renamed(inner, suffix)
            for key, inner in value.items()
        }
    return [_renamed(inner, suffix) for inner in value] if isinstance(value, list) else value
