"""The schema of a fault plan."""

from typing import Any

import pytest

from mock_bkash.document import Section, Source
from mock_bkash.fault import FaultError, FaultPlan, Kind, read_plan
from mock_bkash.fault.kind import SPECS
from mock_bkash.openapi import Components, plan_schema
from mock_bkash.openapi.components import Schema

EXAMPLES = {
    "seconds": 1.5,
    "status": 503,
    "message": "no",
    "retry_after": "5",
    "code": "2023",
    "answer": "first",
    "bytes_per_s": 10,
    "share": 0.25,
    "size_bytes": 1000,
    "field": "amount",
    "value": "1",
}


@pytest.fixture
def schemas() -> dict[str, Schema]:
    """All that the schema refers to."""
    components = Components()
    assert len(plan_schema(components)["oneOf"]) == 2
    return components.schemas


def read(rule: dict[str, Any]) -> FaultPlan:
    section = Section({"faults": [rule]}, source=Source("", "", FaultError))
    return read_plan(section, default_name="x")


@pytest.mark.parametrize("kind", Kind, ids=str)
def test_a_rule_takes_what_its_kind_takes(kind: Kind, schemas: dict[str, Schema]):
    """No more, and what it cannot do without has to be there; the reader agrees."""
    spec = SPECS[kind]
    schema = schemas["Fault" + kind.replace("_", " ").title().replace(" ", "")]
    assert schema["required"] == ["fault", *spec.needs]
    rule = {name: EXAMPLES[name] for name in (*spec.needs, *spec.takes)}
    assert set(rule) <= set(schema["properties"])
    whole = {"fault": str(kind), "operations": [spec.operations[0]], **rule}
    assert set(whole) <= set(schema["properties"])
    plan = read_plan(
        Section({"faults": [whole]}, source=Source("", "", FaultError)), default_name="x"
    )
    assert plan.rules[0].fault.kind is kind
    for needed in spec.needs:
        less = {name: value for name, value in whole.items() if name != needed}
        with pytest.raises(FaultError, match=needed):
            read(less)


def test_every_kind_has_its_rule(schemas: dict[str, Schema]):
    """Told by its name."""
    listed = schemas["Plan"]["properties"]["faults"]["items"]["oneOf"]
    names = [schema["$ref"].rpartition("/")[2] for schema in listed]
    kinds = [schemas[name]["properties"]["fault"]["const"] for name in names]
    assert kinds == [str(kind) for kind in Kind]
