"""The mock keeps to its own OpenAPI documents, whatever it is sent, on every address.

Schemathesis makes requests that fit the documents and requests that do not, from a fixed seed. Each
answer has a status, a content type, headers and a body that the document foretells, and none is a
5xx: no fault was asked for.
"""

from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings, strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mock_bkash import MockConfig
from mock_bkash.admin import admin_document, admin_routes
from mock_bkash.openapi import gateway_document
from mock_bkash.serve_options import parse_config
from mock_bkash.testing import AppMock, SideLoop
from mock_bkash.world import World

CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES: Final = 20
"""Requests per address and mode; some 1,500 in all, in about half a minute."""

GATEWAY: Final = schemathesis.openapi.from_dict(gateway_document())
ADMIN: Final = schemathesis.openapi.from_dict(admin_document(admin_routes(World(MockConfig()))))

SEEDED: Final = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def cases(schema: Any) -> list[Any]:
    """Return each operation in each mode; where nothing can be said wrong, in one."""
    return [
        pytest.param(operation, mode, id=f"{operation.label} {mode.value}")
        for operation in (found.ok() for found in schema.get_all_operations())
        for mode in schemathesis.GenerationMode
        if mode is schemathesis.GenerationMode.POSITIVE
        or operation.query
        or operation.body
        or operation.headers
    ]


PARTIES: Final = {"payerReference": "01770618575", "callbackURL": "http://shop.test/callback"}
ORDER: Final = {"amount": "900", "currency": "BDT", "merchantInvoiceNumber": "i"}
SENSE: Final[dict[str, list[Any]]] = {
    **{name: [value] for name, value in {**PARTIES, **ORDER}.items()},
    "mode": ["0011", "0000", "0001"],
    "intent": ["sale", "authorization"],
    "amount": ["1.5", "900", 900, "0", "12.345"],
    "refundAmount": ["1.5", "900"],
    "merchantAssociationInfo": ["MI05MID54", ""],
    "sku": ["sku-1"],
    "reason": ["late"],
    "wallet": ["01770618575", "01823074817"],
    "otp": ["123456"],
    "pin": ["12121", "1"],
}
"""What makes sense to bKash, by field."""


class Bench:
    """A mock that has a bit of everything, and a shop's credentials for it."""

    def __init__(self, side_loop: SideLoop) -> None:
        self.mock = AppMock(parse_config(["--profile", "fast"]), side_loop=side_loop)
        self.http = httpx.Client(transport=self.mock.transport, base_url=self.mock.base_url)
        self.payments: list[str] = []
        self.pages: list[str] = []
        self.pairs: list[tuple[str, str]] = []
        self.known: dict[str, list[str]] = {}
        self.fill()

    def call(self, path: str, **body: Any) -> dict[str, Any]:
        told: dict[str, Any] = self.http.post(f"tokenized/checkout/{path}", json=body).json()
        return told

    def fill(self) -> None:
        mine = self.mock.credentials
        self.http.headers.update({"username": mine.username, "password": mine.password})
        login = {"app_key": mine.app_key, "app_secret": mine.app_secret}
        granted = self.call("token/grant", **login)
        self.http.headers.update({"authorization": granted["id_token"], "x-app-key": mine.app_key})
        self.known = {name: [value] for name, value in login.items()}
        self.known["refresh_token"] = [granted["refresh_token"]]
        self.known["agreementID"] = [self.buy(mode="0000")["agreementID"]]
        for intent in ("sale", "authorization"):
            done = self.buy(mode="0011", intent=intent, **ORDER)
            self.pairs.append((done["paymentID"], done["trxID"]))
            self.create(mode="0011", intent=intent, **ORDER)
            self.mock.approve(self.create(mode="0011", intent=intent, **ORDER))

    def create(self, **order: Any) -> str:
        created = self.call("create", **PARTIES, **order)
        self.payments.append(created["paymentID"])
        self.pages.append(created["bkashURL"])
        return self.payments[-1]

    def buy(self, **order: Any) -> dict[str, Any]:
        payment_id = self.create(**order)
        self.mock.approve(payment_id)
        return self.call("execute", paymentID=payment_id)

    def send(self, case: Any, draw: Any) -> httpx.Response:
        """Send a case, mostly with ids that exist and credentials that hold."""
        known = draw(st.integers(0, 3)) > 0
        if known:
            self._make_known(case, draw)
        prepared = requests.Request(**case.as_transport_kwargs(base_url=self.mock.origin)).prepare()
        headers = httpx.Headers(prepared.headers)
        headers.update(self._guard(case) if known else {})
        return self.http.send(
            httpx.Request(prepared.method, prepared.url, headers=headers, content=prepared.body)
        )

    def _make_known(self, case: Any, draw: Any) -> None:
        fields = case.body if isinstance(case.body, dict) else {}
        pair = draw(st.sampled_from(self.pairs))
        sense = {**SENSE, "paymentID": [pair[0]], "trxID": [pair[1]], **self.known}
        if draw(st.booleans()):
            sense["paymentID"] = self.payments
        for name in fields:
            listed = sense.get(name) or sense.get(f"{name[:-2]}ID")
            if listed and draw(st.integers(0, 7)):
                fields[name] = draw(st.sampled_from(listed))
        if "payment_id" in (case.path_parameters or {}):
            case.path_parameters["payment_id"] = draw(st.sampled_from(self.payments))
        if "hash" in (case.query or {}):
            case.query.update(httpx.URL(draw(st.sampled_from(self.pages))).params)
        elif "app_key" in (case.query or {}):
            case.query["app_key"] = self.mock.app_key

    def _guard(self, case: Any) -> dict[str, str]:
        if case.path.startswith("/_mock"):
            return {}
        return {name: self.http.headers[name] for name in GUARD}


GUARD: Final = ("authorization", "x-app-key", "username", "password")


@pytest.fixture(scope="module")
def side_loop() -> Iterator[SideLoop]:
    """The loop that the mocks of this file run on."""
    loop = SideLoop()
    yield loop
    loop.stop()


@pytest.mark.parametrize(("operation", "mode"), cases(GATEWAY))
def test_every_call_of_merchants_keeps_to_its_document(operation: Any, mode: Any, side_loop):
    """And every page of the shopper's."""
    keep_to_document(operation, mode, Bench(side_loop))


@pytest.mark.parametrize(("operation", "mode"), cases(ADMIN))
def test_every_request_of_the_admin_api_keeps_to_its_document(operation: Any, mode: Any, side_loop):
    """Resets among them."""
    keep_to_document(operation, mode, Bench(side_loop))


def keep_to_document(operation: Any, mode: Any, bench: Bench) -> None:
    @SEEDED
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def keep(case: Any, data: Any) -> None:
        answer = bench.send(case, data.draw)
        case.validate_response(answer, checks=CHECKS)

    keep()
    # The mock stands.
    health = httpx.Client(transport=bench.mock.transport).get(f"{bench.mock.origin}/_mock/health")
    assert health.status_code == 200, health.text


@pytest.mark.parametrize("schema", [GATEWAY, ADMIN], ids=["gateway", "admin"])
def test_the_documents_are_openapi(schema: Any):
    """Of version 3.1."""
    schema.validate()
    assert schema.raw_schema["openapi"] == "3.1.0"
