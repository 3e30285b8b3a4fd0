"""The document of what merchants call."""

from typing import Any

import pytest

from mock_bkash.openapi import gateway_document
from mock_bkash.wire import MESSAGES, refund_v2
from mock_bkash.wire.tokenized import ANSWERS, MANDATORY, PAGE_PATH, PATHS, REFUSALS, REQUESTS

DOCUMENT = gateway_document()


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    name: str = schema["$ref"].rpartition("/")[2]
    found: dict[str, Any] = DOCUMENT["components"]["schemas"][name]
    return found


def test_every_path_is_described_once():
    """Those that the gateway serves, and the customer page; no name is given twice."""
    assert set(DOCUMENT["paths"]) == {*PATHS, *refund_v2.PATHS, PAGE_PATH}
    named = [
        call["operationId"]
        for path in DOCUMENT["paths"].values()
        for method, call in path.items()
        if method in ("get", "post")
    ]
    assert len(set(named)) == len(named)


def test_the_tables_are_about_the_same_calls():
    """A call that is in one is in all."""
    assert set(PATHS.values()) == set(REQUESTS) == set(ANSWERS) == set(REFUSALS) == set(MANDATORY)


@pytest.mark.parametrize("operation", REQUESTS)
async def test_what_is_called_mandatory_is(operation: str, shop):
    """Without it: 2065; the document says so, and of nothing else."""
    path = next(path for path, name in PATHS.items() if name == operation)
    described = DOCUMENT["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    assert set(resolve(described["schema"])["required"]) == set(MANDATORY[operation])
    whole = dict.fromkeys(MANDATORY[operation], "x")
    whole |= {name: getattr(shop, name) for name in whole if hasattr(shop, name)}
    if operation == "create_payment":
        whole["mode"] = "0000"
    named = {"username": shop.username, "password": shop.password}
    for left_out in whole:
        body = {name: value for name, value in whole.items() if name != left_out}
        answer = await shop.call(path, body, **named)
        assert answer.json()["statusCode"] == "2065"
    assert (await shop.call(path, whole, **named)).json()["statusCode"] != "2065"


def test_success_and_error_are_told_apart_by_their_codes():
    """One code, or all the others."""
    schemas = DOCUMENT["components"]["schemas"]
    assert schemas["PaymentCreated"]["properties"]["statusCode"] == {"const": "0000"}
    assert set(schemas["Refused"]["properties"]["statusCode"]["enum"]) == set(MESSAGES) - {"0000"}
    assert set(schemas["Failed"]["properties"]["errorCode"]["enum"]) == set(MESSAGES) - {"0000"}


def test_every_call_but_for_tokens_wants_one():
    """And the app key it was issued to."""
    for path, operation in PATHS.items():
        call = DOCUMENT["paths"][path]["post"]
        if operation.startswith("token"):
            assert {one["name"] for one in call["parameters"]} == {"username", "password"}
            assert {"400", "413", "429", "504"} <= set(call["responses"])
        else:
            assert call["security"] == [{"token": [], "appKey": []}]
            assert {"400", "401", "413", "504"} <= set(call["responses"])
