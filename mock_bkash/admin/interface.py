"""OpenAPI of the admin API: its own routes, each with what it takes, answers and refuses."""

from collections.abc import Iterable, Mapping
from inspect import cleandoc
from typing import Any, Final, NamedTuple

from starlette.routing import Route

from mock_bkash.admin.shape import (
    ClockShown,
    CountersShown,
    DoorShut,
    FaultsLifted,
    FaultsShown,
    Health,
    JournalShown,
    LedgerShown,
    PaymentSettled,
    PaymentsShown,
    Problem,
    ResetDone,
    TimelineShown,
)
from mock_bkash.audit import AuditRequest, Verdict
from mock_bkash.openapi import Components, Schema, plan_schema

__all__ = ["INTERFACES", "Interface", "admin_document"]

_ABOUT: Final = """\
What tests ask the mock, and no merchant may. `app_key` may be left out while only one is known.
"""


class Interface(NamedTuple):
    """Say what a route takes and gives.

    Attributes:
        answer: type of what it answers; dict: any JSON object.
        refusals: HTTP statuses beside 200, and 403 of the guard.
        query: parameters that it looks at.
        body: type of what it takes; "plan", "advance" or "shut" for what has none; None: nothing.
    """

    answer: type
    refusals: tuple[int, ...] = ()
    query: tuple[str, ...] = ()
    body: type | str | None = None


_KEY: Final = ("app_key",)

INTERFACES: Final[Mapping[tuple[str, str], Interface]] = {
    ("GET", "/_mock/health"): Interface(Health),
    ("GET", "/_mock/ledger"): Interface(LedgerShown, (400, 404), _KEY),
    ("GET", "/_mock/payments"): Interface(PaymentsShown, (400, 404), (*_KEY, "offset", "limit")),
    ("GET", "/_mock/journal"): Interface(JournalShown, (400, 404), _KEY),
    ("GET", "/_mock/counters"): Interface(CountersShown, (400, 404), _KEY),
    ("GET", "/_mock/payments/{payment_id}/timeline"): Interface(TimelineShown, (404,)),
    ("POST", "/_mock/payments/{payment_id}/approve"): Interface(PaymentSettled, (404, 409)),
    ("POST", "/_mock/payments/{payment_id}/cancel"): Interface(PaymentSettled, (404, 409)),
    ("POST", "/_mock/reset"): Interface(ResetDone, (404,), _KEY),
    ("POST", "/_mock/audit"): Interface(Verdict, (400, 413), (), AuditRequest),
    ("GET", "/_mock/faults"): Interface(FaultsShown, (400, 409), _KEY),
    ("PUT", "/_mock/faults"): Interface(FaultsShown, (400, 409, 413), _KEY, "plan"),
    ("POST", "/_mock/faults"): Interface(FaultsShown, (400, 409, 413), _KEY, "plan"),
    ("DELETE", "/_mock/faults"): Interface(FaultsLifted, (400, 404, 409), (*_KEY, "name")),
    ("POST", "/_mock/door"): Interface(DoorShut, (400, 409, 413), (), "shut"),
    ("GET", "/_mock/clock"): Interface(ClockShown, (400, 404), _KEY),
    ("POST", "/_mock/clock"): Interface(ClockShown, (400, 404, 413), _KEY, "advance"),
    ("GET", "/_mock/openapi.json"): Interface(dict),
    ("GET", "/_mock/openapi-admin.json"): Interface(dict),
}
"""By method and path."""

_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_TEXT: Final[Schema] = {"type": "string"}
_APP_KEY: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": 255}
_PARAMETERS: Final[Mapping[str, Schema]] = {
    "app_key": _APP_KEY,
    "offset": _COUNT,
    "limit": {**_COUNT, "maximum": 100_000},
    "name": _TEXT,
}
_WORDS: Final[Mapping[int, str]] = {
    200: "Done",
    400: "The request says something that cannot be",
    403: "Whoever asks may not",
    404: "There is no such thing",
    409: "Not in the state that things are in",
    413: "The body is too long",
}


def admin_document(routes: Iterable[object]) -> dict[str, Any]:
    """Return the document of the admin API that has these routes."""
    components = Components()
    paths: dict[str, Schema] = {}
    for route in routes:
        assert isinstance(route, Route), "the admin API has plain routes only"
        for method in sorted((route.methods or set()) - {"HEAD"}):
            described = _operation(components, route, method)
            paths.setdefault(route.path, {})[method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": "Admin API of the mock", "version": "1", "description": _ABOUT},
        "servers": [{"url": "/"}],
        "security": [{}, {"adminToken": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.schemas.items())),
            "securitySchemes": {
                "adminToken": {"type": "apiKey", "in": "header", "name": "X-Admin-Token"}
            },
        },
    }


def _operation(components: Components, route: Route, method: str) -> Schema:
    interface = INTERFACES[method, route.path]
    problem = components.of(Problem)
    answer: Schema = {"type": "object"}
    if interface.answer is not dict:
        answer = components.of(interface.answer)
    statuses = {200: answer, **dict.fromkeys((403, *interface.refusals), problem)}
    described: Schema = {
        "operationId": f"{method.lower()}_{'_'.join(_names(route.path))}",
        "summary": cleandoc(route.endpoint.__doc__ or "").partition("\n")[0],
        "parameters": [_parameter(name) for name in interface.query],
        "responses": {
            str(status): {
                "description": _WORDS[status],
                "content": {"application/json": {"schema": schema}},
            }
            for status, schema in sorted(statuses.items())
        },
    }
    described["parameters"] += [
        {"name": name, "in": "path", "required": True, "schema": {**_TEXT, "minLength": 1}}
        for name in sorted(route.param_convertors)
    ]
    if interface.body is not None:
        content = {"application/json": {"schema": _body(components, interface.body)}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _names(path: str) -> list[str]:
    parts = (part.replace("-", "_").partition(".")[0] for part in path.split("/")[2:])
    return [part for part in parts if not part.startswith("{")]


def _parameter(name: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": _PARAMETERS[name]}


def _body(components: Components, body: type | str) -> Schema:
    if isinstance(body, type):
        return components.of(body)
    if body == "plan":
        return plan_schema(components)
    seconds = {"type": "number", "minimum": 0}
    named: dict[str, Schema] = {"shut_s": {**seconds, "maximum": 3600}}
    if body == "advance":
        named = {"advance_s": seconds, "app_key": _APP_KEY}
    return {
        "type": "object",
        "properties": named,
        "required": [next(iter(named))],
        "additionalProperties": False,
    }
