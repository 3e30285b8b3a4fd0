"""What the merchant's tests share: a shop and a mock gateway on virtual time, with a bad wire."""

import asyncio
import shutil
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from harness.client import Credentials
from harness.merchant import (
    BUILTIN,
    Merchant,
    MerchantSettings,
    Optimization,
    SeedSize,
    Variant,
    audit_view,
    build_merchant,
    payment_machine,
    seed_database,
)
from harness.simulation import run_virtual
from harness.trace import trace_id, traceparent
from mock_bkash import ApproveMode, LatencyModel, MockConfig, create_app, load_profile

GATEWAY = "http://bkash.test"
SHOP = "http://shop.test"
CRON_SECRET = "a-secret-of-the-cron-job"
SIZE = SeedSize(users=20, courses=6, old_payments=60)

Forward = Callable[[httpx.Request], Awaitable[httpx.Response]]
Fault = Callable[[httpx.Request, Forward], Awaitable[httpx.Response]]


async def unreachable(request: httpx.Request, forward: Forward) -> httpx.Response:
    """Nothing reaches the gateway, and the client knows."""
    raise httpx.ConnectError("refused", request=request)


async def lost(request: httpx.Request, forward: Forward) -> httpx.Response:
    """The gateway does it, and its answer is lost."""
    await forward(request)
    raise httpx.ReadError("reset", request=request)


async def never_done(request: httpx.Request, forward: Forward) -> httpx.Response:
    """The request is lost on the way, and the client cannot know."""
    raise httpx.ReadError("reset", request=request)


def answer(body: Any, http_status: int = 200) -> Fault:
    """The gateway says something of the test's choice, and does nothing."""

    async def fault(request: httpx.Request, forward: Forward) -> httpx.Response:
        return httpx.Response(http_status, json=body)

    return fault


def altered(**fields: object) -> Fault:
    """The gateway does it, and its answer is another."""

    async def fault(request: httpx.Request, forward: Forward) -> httpx.Response:
        response = await forward(request)
        await response.aread()
        return httpx.Response(200, json={**response.json(), **fields})

    return fault


def slow(duration_s: float) -> Fault:
    """The gateway does it, and takes its time before."""

    async def fault(request: httpx.Request, forward: Forward) -> httpx.Response:
        await asyncio.sleep(duration_s)
        return await forward(request)

    return fault


def hanging(duration_s: float) -> Fault:
    """The gateway does it, and its answer takes its time."""

    async def fault(request: httpx.Request, forward: Forward) -> httpx.Response:
        response = await forward(request)
        await asyncio.sleep(duration_s)
        return response

    return fault


@dataclass
class Wire(httpx.AsyncBaseTransport):
    """The way to the gateway; `faults` are used up in order, by operation."""

    inner: httpx.AsyncBaseTransport
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    traces: list[str] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        operation = request.url.path.rstrip("/").rpartition("/")[2]
        self.calls[operation] += 1
        self.traces.append(request.headers.get("traceparent", ""))
        faults = self.faults.get(operation)
        if faults:
            return await faults.pop(0)(request, self.inner.handle_async_request)
        return await self.inner.handle_async_request(request)


@dataclass
class World:
    """A merchant with its gateway, its shoppers and its books."""

    merchant: Merchant
    browser: httpx.AsyncClient
    gateway: httpx.AsyncClient
    wire: Wire
    path: Path
    rebuild: Callable[[], Merchant]

    async def land(self, user_id: int = 1, course_id: int = 1) -> httpx.Response:
        return await self.browser.get(f"/checkout/{course_id}?user_id={user_id}")

    async def click(self, user_id: int = 1, course_id: int = 1, **fields: Any) -> httpx.Response:
        trace = traceparent(trace_id(seed=0, arrival=user_id * 1000 + course_id), span=1)
        return await self.browser.post(
            "/api/bkash/make-payment",
            json={"user_id": user_id, "course_id": course_id, **fields},
            headers={"traceparent": trace},
        )

    async def begin(self, user_id: int = 1, course_id: int = 1) -> dict[str, Any]:
        response = await self.click(user_id, course_id)
        assert response.status_code == 200, response.text
        return response.json()["data"]

    async def approve(self, begun: dict[str, Any]) -> str:
        """Return the callback URL to which bKash sends a shopper who approved."""
        response = await self.gateway.get(begun["bkashURL"])
        assert response.status_code == 302, response.text
        return response.headers["location"]

    async def come_back(self, callback: str) -> httpx.Response:
        return await self.browser.get(callback)

    async def pay(self, user_id: int = 1, course_id: int = 1) -> str:
        """Make a whole payment and return the word for its result."""
        callback = await self.approve(await self.begin(user_id, course_id))
        response = await self.come_back(callback)
        assert response.status_code == 303, response.text
        return result_of(response)

    async def restart(self) -> None:
        """Let the process end and another one begin on the same books."""
        await self.merchant.stop()
        await self.boot()

    async def kill(self) -> None:
        """Let the process die as by kill -9, and another one begin on the same books."""
        await asyncio.sleep(0)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self.boot()

    async def boot(self) -> None:
        """Begin another process on the same books."""
        self.merchant = self.rebuild()
        await self.browser.aclose()
        self.browser = shopper_of(self.merchant)
        await self.merchant.start()

    def payments(self) -> list[dict[str, Any]]:
        return audit_view(self.path)

    def state(self, index: int = -1) -> str:
        return self.payments()[index]["status"]

    def history(self, index: int = -1) -> list[str]:
        return self.payments()[index]["history"]

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Do to the books what the merchant itself would not."""
        connection = sqlite3.connect(self.path, isolation_level=None)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    async def ledger(self) -> list[dict[str, Any]]:
        response = await self.gateway.get(f"{GATEWAY}/_mock/ledger?app_key=bench")
        return response.json()["captures"]

    async def audit(self) -> dict[str, Any]:
        """Let the mock hold our books against its ledger."""
        response = await self.gateway.post(
            f"{GATEWAY}/_mock/audit",
            json={
                "app_key": "bench",
                "payments": self.payments(),
                "payer": [],
                "machine": payment_machine(self.path),
            },
        )
        assert response.status_code == 200, response.text
        return response.json()


def result_of(response: httpx.Response) -> str:
    return parse_qs(urlsplit(response.headers["location"]).query)["status"][0]


def shopper_of(merchant: Merchant) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(merchant.app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=SHOP)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small seeded file, made once and copied."""
    path = tmp_path_factory.mktemp("seed") / "merchant.sqlite3"
    seed_database(path, size=SIZE)
    return path


@pytest.fixture
def database_path(seeded: Path, tmp_path: Path) -> Path:
    """A fresh copy of the small seeded file."""
    return Path(shutil.copy(seeded, tmp_path / "merchant.sqlite3"))


@pytest.fixture
def play(database_path: Path) -> Iterator[Callable[..., Any]]:
    """Run a story with a world on virtual time: `play(story, variant=…, profile=…)`."""

    def run(
        story: Callable[[World], Awaitable[Any]],
        *,
        variant: str | set[Optimization] = "sequential",
        profile: str = "constant",
        time_scale: float = 1.0,
        token_lifetime_s: float = 3600.0,
        approve: ApproveMode = ApproveMode.AUTO,
        started: bool = True,
    ) -> Any:
        async def main() -> Any:
            loaded = load_profile(profile)
            mock = create_app(
                MockConfig(
                    profile=loaded,
                    approve=approve,
                    public_url=GATEWAY,
                    time_scale=time_scale,
                    token_lifetime_s=token_lifetime_s,
                )
            )
            wire = Wire(httpx.ASGITransport(mock))
            chosen = (
                BUILTIN[variant]
                if isinstance(variant, str)
                else Variant(name="test", optimizations=frozenset(variant))
            )
            settings = MerchantSettings(
                variant=chosen,
                gateway_url=f"{GATEWAY}/v1.2.0-beta",
                credentials=Credentials("bench", "app-secret", "user", "password"),
                database_path=database_path,
                public_url=SHOP,
                time_scale=time_scale,
                cron_secret=CRON_SECRET,
                seed_size=SIZE,
            )

            def rebuild() -> Merchant:
                return build_merchant(
                    settings, transport=wire, delay=LatencyModel(loaded, 0).delay_us
                )

            merchant = rebuild()
            async with httpx.AsyncClient(transport=httpx.ASGITransport(mock)) as gateway:
                world = World(merchant, shopper_of(merchant), gateway, wire, database_path, rebuild)
                if started:
                    await merchant.start()
                try:
                    return await story(world)
                finally:
                    await world.browser.aclose()
                    await world.merchant.stop()

        return run_virtual(main())

    return run


@pytest.fixture
def faults() -> Any:
    """The ways in which a wire can fail, by name."""

    class Faults:
        pass

    kinds = {
        "unreachable": unreachable,
        "lost": lost,
        "never_done": never_done,
        "answer": answer,
        "altered": altered,
        "slow": slow,
        "hanging": hanging,
    }
    for name, kind in kinds.items():
        setattr(Faults, name, staticmethod(kind))
    return Faults


@pytest.fixture
def result() -> Callable[[httpx.Response], str]:
    """Read the word for a payment's result from a callback's answer."""
    return result_of


@pytest.fixture
def cron_secret() -> str:
    """The secret of the worlds that `play` makes."""
    return CRON_SECRET
