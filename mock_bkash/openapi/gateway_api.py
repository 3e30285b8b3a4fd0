"""OpenAPI of what merchants call: Tokenized Checkout v1.2.0-beta, refund v2, the customer page."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from mock_bkash.openapi.components import Components, Schema
from mock_bkash.wire import MESSAGES, SUCCESSFUL, refund_v2
from mock_bkash.wire.tokenized import (
    ANSWERS,
    MANDATORY,
    PAGE_PATH,
    PATHS,
    REFUSALS,
    REQUESTS,
    VERSION,
)

__all__ = ["gateway_document"]

_ABOUT: Final = """\
What the mock stands in for, as it takes and gives it; written from public material. Business errors
are HTTP 200 with a code of bKash's; 400, 401, 413, 429 and 504 are the gateway's in front of it.
Faults that a test asks for may answer anything else. Unknown fields are passed over.
"""

_SUMMARIES: Final[Mapping[str, str]] = {
    "token_grant": "Get a token",
    "token_refresh": "Get the next token",
    "create_payment": "Create a payment or an agreement",
    "execute_payment": "Execute what the shopper approved",
    "query_payment": "Ask how a payment stands",
    "search_transaction": "Search a transaction",
    "refund_payment": "Refund, or with two fields ask how a refund stands",
    "capture_payment": "Capture an authorized payment",
    "void_payment": "Void an authorized payment",
    "query_agreement": "Ask how an agreement stands",
    "cancel_agreement": "Cancel an agreement",
}
_SUMMARIES_V2: Final[Mapping[str, str]] = {
    "refund_payment": "Refund",
    "refund_status": "Ask how the refunds of a payment stand",
}

_TOKEN_CALLS: Final = ("token_grant", "token_refresh")

_WORDS: Final[Mapping[int, str]] = {
    400: "The body is no JSON object of these fields; or X-Mock-Fault names no fault",
    401: "The token is missing, unknown, expired, or another's",
    413: "The body is longer than 64 KiB",
    429: "More than two token calls in an hour, where that is enforced",
    504: "bKash took longer than 29 seconds; the call may have taken effect",
}
_TIMING: Final = {
    "Server-Timing": {
        "description": "The modelled wait in this answer, full scale: `model;dur=<milliseconds>`",
        "schema": {"type": "string"},
    }
}


def gateway_document() -> dict[str, Any]:
    """Return the document."""
    components = Components()
    paths = {
        **_tokenized(components),
        **_refund_v2(components),
        PAGE_PATH: _page(),
    }
    _pin_codes(components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Mock of bKash Tokenized Checkout",
            "version": VERSION.removeprefix("v"),
            "description": _ABOUT,
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.schemas.items())),
            "securitySchemes": {
                "token": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "The id_token, bare or after the word Bearer",
                },
                "appKey": {"type": "apiKey", "in": "header", "name": "X-App-Key"},
            },
        },
    }


def _tokenized(components: Components) -> dict[str, Schema]:
    paths: dict[str, Schema] = {}
    seen: Counter[str] = Counter()
    for path, operation in PATHS.items():
        seen[operation] += 1
        number = "" if seen[operation] == 1 else f"_{seen[operation]}"
        successes = [components.of(kind) for kind in ANSWERS[operation]]
        refusals = [components.of(kind) for kind in REFUSALS[operation]]
        paths[path] = _call(
            components,
            operation,
            operation_id=operation + number,
            summary=_SUMMARIES[operation],
            body=_request(components, operation),
            answers={200: [*successes, *refusals]},
        )
    return paths


def _request(components: Components, operation: str) -> Schema:
    kind, needs = REQUESTS[operation], MANDATORY[operation]
    # Two calls may share a type and need different fields of it.
    first = next(name for name, other in REQUESTS.items() if other is kind)
    suffix = "" if MANDATORY[first] == needs else "ForRefresh"
    return components.of(kind, suffix=suffix, needs=needs)


def _refund_v2(components: Components) -> dict[str, Schema]:
    shapes = {
        "refund_payment": (refund_v2.RefundBody, refund_v2.RefundDone),
        "refund_status": (refund_v2.StatusBody, refund_v2.RefundsKnown),
    }
    refused = components.of(refund_v2.Refused, suffix="V2")
    paths = {}
    for path, operation in refund_v2.PATHS.items():
        body, answer = shapes[operation]
        paths[path] = _call(
            components,
            operation,
            operation_id=f"{operation}_v2",
            summary=f"{_SUMMARIES_V2[operation]}, in version 2",
            body=components.of(body, suffix="V2"),
            answers={200: [components.of(answer, suffix="V2")], 400: [refused]},
        )
    return paths


def _call(
    components: Components,
    operation: str,
    *,
    operation_id: str,
    summary: str,
    body: Schema,
    answers: Mapping[int, list[Schema]],
) -> Schema:
    token_call = operation in _TOKEN_CALLS
    message = components.add(
        "Message",
        {
            "description": "What the gateway in front of bKash says.",
            "type": "object",
            "properties": {"message": {"type": "string"}},
            "required": ["message"],
        },
    )
    statuses = {status: list(schemas) for status, schemas in answers.items()}
    for status in (400, 413, 504, 429 if token_call else 401):
        statuses.setdefault(status, []).append(message)
    call: Schema = {
        "operationId": operation_id,
        "summary": summary,
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            str(status): {
                "description": _WORDS.get(status, "bKash's answer"),
                "headers": _TIMING,
                "content": {"application/json": {"schema": _any_of(schemas)}},
            }
            for status, schemas in sorted(statuses.items())
        },
    }
    if token_call:
        call["parameters"] = [_header("username"), _header("password")]
    else:
        call["security"] = [{"token": [], "appKey": []}]
    return {"post": call}


def _header(name: str) -> Schema:
    return {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}


def _any_of(schemas: list[Schema]) -> Schema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _pin_codes(components: Components) -> None:
    """Say which codes a success has, and which an error: that is what tells them apart."""
    codes = [code for code in MESSAGES if code != SUCCESSFUL]
    for name, schema in components.schemas.items():
        properties = schema["properties"]
        if "statusCode" in properties:
            refusal = name == REFUSALS["token_grant"][0].__name__
            properties["statusCode"] = {"enum": codes} if refusal else {"const": SUCCESSFUL}
        if "errorCode" in properties:
            properties["errorCode"] = {"enum": codes}


def _page() -> Schema:
    parameters = [
        {"name": name, "in": "query", "schema": {"type": "string"}, "required": True}
        for name in ("paymentID", "hash")
    ]
    html = {"content": {"text/html": {"schema": {"type": "string"}}}}
    back = {
        "description": "Back to the shop",
        "headers": {"Location": {"required": True, "schema": {"type": "string"}}},
    }
    gone = {"description": "The address opens no payment", **html}
    step = {"description": "The page asks for wallet, OTP or PIN", **html}
    form = {
        "type": "object",
        "properties": {
            "wallet": {"type": "string"},
            "otp": {"type": "string"},
            "pin": {"type": "string"},
            "action": {"enum": ["close"]},
        },
    }
    wrong = {
        "description": "What was sent is no form",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
    return {
        "parameters": parameters,
        "get": {
            "operationId": "customer_page",
            "summary": "Show the customer page, or go back to the shop",
            "responses": {"200": step, "302": back, "404": gone},
        },
        "post": {
            "operationId": "customer_page_submit",
            "summary": "Send what the shopper entered; one field or several",
            "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": form}}},
            "responses": {"200": step, "303": back, "400": wrong, "404": gone},
        },
    }
