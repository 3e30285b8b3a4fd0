"""Mocks in a test's hands, and a shop that buys at them with a plain httpx client."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from mock_bkash.serve_options import parse_config
from mock_bkash.testing import AppMock, MockBkash, SideLoop


class Shop:
    """A merchant with a synchronous client."""

    def __init__(self, mock: MockBkash, http: httpx.Client) -> None:
        self.mock = mock
        self.http = http
        self.guard: dict[str, str] = {}

    def call(self, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
        url = f"{self.mock.base_url}/tokenized/checkout/{path}"
        return self.http.post(url, json=body, headers={**self.guard, **headers})

    def grant(self) -> None:
        known = self.mock.credentials
        body = {"app_key": known.app_key, "app_secret": known.app_secret}
        named = {"username": known.username, "password": known.password}
        token = self.call("token/grant", body, **named).json()["id_token"]
        self.guard = {"authorization": token, "x-app-key": known.app_key}

    def create(self, **changes: Any) -> dict[str, Any]:
        order = {
            "mode": "0011",
            "payerReference": "shopper-7",
            "callbackURL": "http://shop.test/callback?ref=7",
            "amount": "1499",
            "currency": "BDT",
            "intent": "sale",
            "merchantInvoiceNumber": "inv-1",
        }
        created: dict[str, Any] = self.call("create", {**order, **changes}).json()
        return created

    def execute(self, payment_id: str) -> dict[str, Any]:
        done: dict[str, Any] = self.call("execute", {"paymentID": payment_id}).json()
        return done

    def query(self, payment_id: str) -> dict[str, Any]:
        known: dict[str, Any] = self.call("payment/status", {"paymentID": payment_id}).json()
        return known


@pytest.fixture
def side_loop() -> Iterator[SideLoop]:
    """A loop for callers that have none."""
    loop = SideLoop()
    yield loop
    loop.stop()


AppOpener = Callable[..., AppMock]


@pytest.fixture
def open_app(side_loop: SideLoop) -> AppOpener:
    """Make a mock in this process."""

    def open_one(*options: str) -> AppMock:
        return AppMock(parse_config(["--profile", "fast", *options]), side_loop=side_loop)

    return open_one


@pytest.fixture
def app_mock(open_app: AppOpener) -> AppMock:
    """A mock in this process, without delays."""
    return open_app()


@pytest.fixture
def shop(app_mock: AppMock) -> Iterator[Shop]:
    """A shop with a token, at a mock in this process."""
    with httpx.Client(transport=app_mock.transport) as http:
        opened = Shop(app_mock, http)
        opened.grant()
        yield opened
