"""A merchant's side of the mock, in one process: what every test here starts from."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from mock_bkash import ApproveMode, MockConfig, create_app, load_profile
from mock_bkash.choice import CallbackForm, TokenLimit
from mock_bkash.server import listen, make_server

CHECKOUT = "/v1.2.0-beta/tokenized/checkout"
PATHS = {
    "grant": f"{CHECKOUT}/token/grant",
    "refresh": f"{CHECKOUT}/token/refresh",
    "create": f"{CHECKOUT}/create",
    "execute": f"{CHECKOUT}/execute",
    "query": f"{CHECKOUT}/payment/status",
    "search": f"{CHECKOUT}/general/searchTransaction",
    "refund": f"{CHECKOUT}/payment/refund",
    "capture": f"{CHECKOUT}/payment/confirm/capture",
    "void": f"{CHECKOUT}/payment/confirm/void",
    "agreement status": f"{CHECKOUT}/agreement/status",
    "agreement cancel": f"{CHECKOUT}/agreement/cancel",
    "refund v2": "/v2/tokenized-checkout/refund/payment/transaction",
    "refund status v2": "/v2/tokenized-checkout/refund/payment/status",
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

    async def ask(self, name: str, **fields: Any) -> dict[str, Any]:
        answer: dict[str, Any] = (await self.call(name, fields)).json()
        return answer

    async def ask_agreement(self, **changes: Any) -> dict[str, Any]:
        asked = {
            "mode": "0000",
            "payerReference": "01770618575",
            "callbackURL": "http://shop.test/agreed",
            **changes,
        }
        created: dict[str, Any] = (await self.call("create", asked)).json()
        return created

    async def agree(self, *, wallet: str | None = None, **changes: Any) -> str:
        created = await self.ask_agreement(**changes)
        if wallet is None:
            await self.admin("POST", f"payments/{created['paymentID']}/approve")
        else:
            await self.confirm(created, wallet)
        agreement_id: str = (await self.execute(created["paymentID"]))["agreementID"]
        return agreement_id

    async def paid(self, **changes: Any) -> tuple[str, str]:
        payment_id = await self.approved(**changes)
        return payment_id, (await self.execute(payment_id))["trxID"]

    async def confirm(self, created: dict[str, Any], wallet: str = "") -> str:
        """Walk through the customer page and return the status in the callback."""
        form = {"otp": "123456", "pin": "12121", **({"wallet": wallet} if wallet else {})}
        answer = await self.http.post(self.page(created), data=form)
        location = urlsplit(answer.headers["location"])
        return parse_qs(location.query)["status"][0]

    async def advance(self, seconds: float) -> None:
        answer = await self.http.post(
            f"/_mock/clock?app_key={self.app_key}", json={"advance_s": seconds}
        )
        assert answer.status_code == 200, answer.text

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
        settings["callback_form"] = CallbackForm(settings.get("callback_form", "2026"))
        settings["token_limit"] = TokenLimit(settings.get("token_limit", "count"))
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


@dataclass
class Live:
    """A mock behind its own server, on a socket of this machine."""

    port: int
    token: str = ""

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    def request(self, name: str, body: bytes, **headers: str) -> bytes:
        guard = {"authorization": self.token, "x_app_key": "shop", **headers}
        lines = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in guard.items())
        path = PATHS.get(name, name)
        head = f"POST {path} HTTP/1.1\r\nhost: x\r\n{lines}content-length: {len(body)}\r\n\r\n"
        return head.encode() + body

    async def call(self, name: str, body: bytes, **headers: str) -> bytes:
        """Send a request on a connection of its own, and return all bytes until it ends."""
        reader, writer = await self.connect()
        try:
            writer.write(self.request(name, body, **{"connection": "close", **headers}))
            return await reader.read()
        finally:
            writer.close()

    async def open(self) -> None:
        answer = await self.call(
            "grant", b'{"app_key":"shop","app_secret":"s"}', username="u", password="p"
        )
        self.token = json.loads(answer.partition(b"\r\n\r\n")[2])["id_token"]

    async def create(self, **headers: str) -> bytes:
        order = {
            "mode": "0011",
            "payerReference": "r",
            "callbackURL": "http://shop.test/callback",
            "amount": "10",
            "currency": "BDT",
            "intent": "sale",
            "merchantInvoiceNumber": "i",
        }
        return await self.call("create", json.dumps(order).encode(), **headers)

    async def count(self, what: str) -> Any:
        """Return a figure of the app key's counters."""
        reader, writer = await self.connect()
        writer.write(b"GET /_mock/counters HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        counters = json.loads((await reader.read()).partition(b"\r\n\r\n")[2])
        writer.close()
        return counters[what]


LiveOpener = Callable[..., AbstractAsyncContextManager[Live]]


@pytest.fixture
def open_live(reserve_port: Callable[[], int]) -> LiveOpener:
    """Open a mock on a socket, for as long as the context lasts."""

    @asynccontextmanager
    async def open_one(**config: Any) -> AsyncIterator[Live]:
        settings = {"profile": load_profile("fast"), "approve": ApproveMode.AUTO, **config}
        # One that is not given away while a door is shut.
        port = reserve_port()
        listener, live = listen("127.0.0.1", port), Live(port)
        ready = asyncio.Event()
        server = make_server(create_app(MockConfig(**settings)), ready=ready.set)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            async with asyncio.timeout(300):
                await ready.wait()
                await live.open()
                yield live
        finally:
            server.should_exit = True
            await serving

    return open_one
