"""A merchant's side of the mock, in one process: what every test here starts from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from mock_bkash import ApproveMode, MockConfig, create_app, load_profile

CHECKOUT = "/v1.2.0-beta/tokenized/checkout"
PATHS = {
    "grant": f"{CHECKOUT}/token/grant",
    "refresh": f"{CHECKOUT}/token/refresh",
    "create": f"{CHECKOUT}/create",
    "execute": f"{CHECKOUT}/execute",
    "query": f"{CHECKOUT}/payment/status",
    "search": f"{CHECKOUT}/general/searchTransaction",
}
STARTED_AT = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)


@dataclass
class Shop:
    """A merchant that calls the mock in its own process."""

    http: httpx.AsyncClient
    app_key: str = "shop"
    username: str = "shopkeeper"
    password: str = "pass-9f2c"
    app_secret: str = "secret-77aa"
    id_token: str = ""
    refresh_token: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    async def call(self, name: str, body: Any = None, **headers: str) -> httpx.Response:
        guard = {"authorization": self.id_token, "x-app-key": self.app_key}
        sent = {**guard, **self.extra, **{k.replace("_", "-"): v for k, v in headers.items()}}
        path = PATHS.get(name, name)
        if isinstance(body, bytes):
            return await self.http.post(path, content=body, headers=sent)
        return await self.http.post(path, json=body, headers=sent)

    async def grant(self, *, path: str = "grant", **body: str) -> dict[str, Any]:
        answer = await self.http.post(
            PATHS[path],
            json={"app_key": self.app_key, "app_secret": self.app_secret, **body},
            headers={"username": self.username, "password": self.password, **self.extra},
        )
        granted: dict[str, Any] = answer.json()
        self.id_token = granted.get("id_token", self.id_token)
        self.refresh_token = granted.get("refresh_token", self.refresh_token)
        return granted

    def order(self, **changes: Any) -> dict[str, Any]:
        order = {
            "mode": "0011",
            "payerReference": "01770618575",
            "callbackURL": "http://shop.test/callback?ref=7",
            "amount": "1499",
            "currency": "BDT",
            "intent": "sale",
            "merchantInvoiceNumber": "inv-1",
            **changes,
        }
        return {name: value for name, value in order.items() if value is not ...}

    async def create(self, **changes: Any) -> dict[str, Any]:
        created: dict[str, Any] = (await self.call("create", self.order(**changes))).json()
        return created

    async def execute(self, payment_id: str) -> dict[str, Any]:
        done: dict[str, Any] = (await self.call("execute", {"paymentID": payment_id})).json()
        return done

    async def query(self, payment_id: str) -> dict[str, Any]:
        known: dict[str, Any] = (await self.call("query", {"paymentID": payment_id})).json()
        return known

    async def admin(self, method: str, path: str, **arguments: Any) -> Any:
        answer = await self.http.request(method, f"/_mock/{path}", **arguments)
        return answer.json()

    async def approved(self, **changes: Any) -> str:
        payment_id: str = (await self.create(**changes))["paymentID"]
        await self.admin("POST", f"payments/{payment_id}/approve")
        return payment_id

    def page(self, created: dict[str, Any]) -> str:
        parts = urlsplit(created["bkashURL"])
        return f"{parts.path}?{parts.query}"


ShopOpener = Callable[..., Shop]


@pytest.fixture
def open_shop() -> ShopOpener:
    """Open a shop at a mock of its own, or with `at=` another shop at the same mock."""

    def open_one(*, at: Shop | None = None, app_key: str = "shop", **config: Any) -> Shop:
        if at is not None:
            return Shop(at.http, app_key=app_key)
        settings = {"profile": load_profile("fast"), "started_at": STARTED_AT, **config}
        settings["approve"] = ApproveMode(settings.get("approve", "page"))
        app = create_app(MockConfig(**settings))
        transport = httpx.ASGITransport(app=app)
        return Shop(httpx.AsyncClient(transport=transport, base_url="http://mock.test"), app_key)

    return open_one


@pytest.fixture
async def shop(open_shop: ShopOpener) -> Shop:
    """A shop that holds a token, at a mock without delays."""
    opened = open_shop()
    await opened.grant()
    return opened
