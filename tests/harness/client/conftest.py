"""What the client's tests share: a gateway of a few lines, a token store in memory, an order."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

import httpx
import pytest

from harness.client import (
    ClientOptions,
    Credentials,
    Gateway,
    Order,
    PaymentClient,
    Terms,
    Timeouts,
    Token,
    build_client,
)
from harness.stages import Span

BASE = "http://127.0.0.1:8700/v1.2.0-beta"
PAYMENT_ID = "TR0011DV1567529737718"

OPERATIONS = {
    "token/grant": "token_grant",
    "token/refresh": "token_refresh",
    "create": "create_payment",
    "execute": "execute_payment",
    "payment/status": "query_payment",
    "general/searchTransaction": "search_transaction",
}

Scripted = httpx.Response | Exception | Callable[[httpx.Request], Awaitable[httpx.Response]]


def success(**fields: object) -> httpx.Response:
    return httpx.Response(200, json={"statusCode": "0000", "statusMessage": "Successful", **fields})


def refusal(code: str, message: str = "No") -> httpx.Response:
    return httpx.Response(200, json={"statusCode": code, "statusMessage": message})


def gateway_error(status: int, message: str) -> httpx.Response:
    return httpx.Response(status, json={"message": message})


@dataclass
class FakeBkash:
    """A gateway that does what it is told, and otherwise what bKash would do.

    Attributes:
        delay_s: how long each operation takes, on the running loop.
        script: answers to be given first, by operation; an exception is raised, a callable asked.
        lifetime: what `expires_in` says.
        revoked: id tokens that are answered with 401.
        captured: payments that were executed.
    """

    delay_s: dict[str, float] = field(default_factory=dict)
    script: dict[str, list[Scripted]] = field(default_factory=dict)
    lifetime: object = 3600
    revoked: set[str] = field(default_factory=set)
    captured: list[str] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    requests: list[httpx.Request] = field(default_factory=list)
    orders: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)

    @property
    def token_calls(self) -> int:
        return self.calls["token_grant"] + self.calls["token_refresh"]

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        operation = OPERATIONS[request.url.path.removeprefix("/v1.2.0-beta/tokenized/checkout/")]
        self.calls[operation] += 1
        self.requests.append(request)
        nth = self.token_calls
        await asyncio.sleep(self.delay_s.get(operation, 0.0))
        scripted = self.script.get(operation)
        if scripted:
            answer = scripted.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer if isinstance(answer, httpx.Response) else await answer(request)
        return self._answer(operation, request, nth)

    def _answer(self, operation: str, request: httpx.Request, nth: int) -> httpx.Response:
        body = json.loads(request.content)
        if operation.startswith("token"):
            return success(id_token=f"id-{nth}", refresh_token="refresh", expires_in=self.lifetime)
        if request.headers["authorization"] in self.revoked:
            return gateway_error(401, "Unauthorized")
        if operation == "create_payment":
            self.orders[PAYMENT_ID] = body
            return success(
                paymentID=PAYMENT_ID,
                bkashURL=f"http://127.0.0.1:8700/pay?paymentID={PAYMENT_ID}",
                amount=body["amount"],
                currency=body["currency"],
                merchantInvoiceNumber=body["merchantInvoiceNumber"],
                transactionStatus="Initiated",
            )
        if operation == "search_transaction":
            return success(
                trxID=body["trxID"], amount="20", currency="BDT", transactionStatus="Completed"
            )
        return self.payment(body["paymentID"], execute=operation == "execute_payment")

    def payment(self, payment_id: str, *, execute: bool) -> httpx.Response:
        """Execute or query a payment."""
        if execute:
            if payment_id in self.captured:
                return refusal("2062", "The payment has already been completed")
            self.captured.append(payment_id)
        paid = payment_id in self.captured
        return success(
            paymentID=payment_id,
            amount="1499",
            currency="BDT",
            transactionStatus="Completed" if paid else "Initiated",
            **({"trxID": "6I3801RD1Q"} if paid else {}),
            **{"merchantInvoiceNumber" if execute else "merchantInvoice": "inv-1"},
        )


@dataclass
class Storm:
    """Let weather befall the calls of some operations, one after the other; then the sun shines.

    Attributes:
        bkash: does the work, where the weather lets a call through.
        forecast: what befalls the next calls of each operation.
        reached: what bkash itself saw or may have seen, by operation.
        most_in_flight: calls of all operations at once.
    """

    bkash: FakeBkash
    forecast: dict[str, list[str]]
    reached: Counter[str] = field(default_factory=Counter)
    most_in_flight: int = 0
    _in_flight: int = 0

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        operation = OPERATIONS[request.url.path.removeprefix("/v1.2.0-beta/tokenized/checkout/")]
        coming = self.forecast.get(operation)
        weather = coming.pop(0) if coming else "works"
        if weather not in ("down", "401", "429"):
            self.reached[operation] += 1
        return _strike(weather) or await self._work(weather, request)

    async def _work(self, weather: str, request: httpx.Request) -> httpx.Response:
        self._in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self._in_flight)
        try:
            answer = await self.bkash(request)
        finally:
            self._in_flight -= 1
        if weather == "lost after":
            raise httpx.RemoteProtocolError("disconnected")
        return httpx.Response(200, content=b"<html>") if weather == "spoilt" else answer


def _strike(weather: str) -> httpx.Response | None:
    """Answer, or fail, before anything is done; None where the work is done first."""
    match weather:
        case "lost":
            raise httpx.ReadError("reset")
        case "down":
            raise httpx.ConnectError("refused")
        case "503":
            return httpx.Response(503)
        case "401" | "429":
            return gateway_error(int(weather), "No")
        case "vague" | "refused":
            return refusal("2003" if weather == "vague" else "2001")
    return None


@dataclass
class MemoryStore:
    """A token store with a distance, in modelled seconds."""

    token: Token | None = None
    delay_s: float = 0.0
    time_scale: float = 1.0
    loads: int = 0
    saves: int = 0

    async def load(self, span: Span) -> Token | None:
        self.loads += 1
        await asyncio.sleep(self.delay_s * self.time_scale)
        span.add_modelled_ns(round(self.delay_s * 1e9))
        return self.token

    async def save(self, token: Token) -> None:
        self.saves += 1
        self.token = token


class Kit:
    """Everything a test needs, by one fixture."""

    FakeBkash = FakeBkash
    Storm = Storm
    MemoryStore = MemoryStore
    BASE = BASE
    PAYMENT_ID = PAYMENT_ID
    success = staticmethod(success)
    refusal = staticmethod(refusal)
    gateway_error = staticmethod(gateway_error)
    credentials = Credentials("app-key", "app-secret", "user", "password")
    terms = Terms(amount_poisha=149_900, invoice="inv-1")
    order = Order(terms=terms, callback_url="http://127.0.0.1:9/cb?ref=1", payer_reference="7")
    token = Token("id-0", "refresh", issued_at_ns=0, lifetime_s=3600.0)

    def gateway(
        self,
        transport: httpx.AsyncBaseTransport,
        *,
        time_scale: float = 1.0,
        keep_alive: bool = True,
        timeouts: Timeouts | None = None,
    ) -> Gateway:
        return Gateway(
            BASE,
            self.credentials,
            transport,
            timeouts=timeouts or Timeouts(),
            keep_alive=keep_alive,
            time_scale=time_scale,
        )

    def client(
        self,
        transport: httpx.AsyncBaseTransport,
        *,
        store: MemoryStore | None = None,
        time_scale: float = 1.0,
        **options: bool,
    ) -> PaymentClient:
        return build_client(
            base_url=BASE,
            credentials=self.credentials,
            options=ClientOptions(**options),
            store=store,
            transport=transport,
            time_scale=time_scale,
        )


@pytest.fixture(scope="session")
def kit() -> Kit:
    return Kit()


@pytest.fixture
def bkash() -> Iterator[FakeBkash]:
    """A fake gateway; whatever was scripted must have been used."""
    fake = FakeBkash()
    yield fake
    unused = {operation: rest for operation, rest in fake.script.items() if rest}
    assert not unused, f"scripted but never asked for: {unused}"
