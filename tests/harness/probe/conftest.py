"""A small shop that can be told to make mistakes, beside a mock, on virtual time.

One test plants one mistake. The shop is what somebody might write in an afternoon, so it knows
nothing of ours.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from harness.load import load_target
from harness.probe import Circumstances, Evidence, ProbePlan, carry_out, make_record
from harness.progress import Step
from harness.rundata import (
    ProbeCall,
    ProbePayment,
    ProbePurpose,
    ProbeRecord,
    ProbeRequest,
    ProbeStage,
)
from harness.simulation import run_virtual
from mock_bkash import ApproveMode, MockConfig, create_app, load_profile

SHOP = "http://127.0.0.1:3000"
MOCK = "http://127.0.0.1:8700"
CHECKOUT = "/v1.2.0-beta/tokenized/checkout"
PRICE = "499"

CHECKS_S = (0.25, 0.25, 0.25)
RECORD_S = 0.1


INSTEAD = {
    "garbage": Response(b"\x00\x01 garbage"),
    "crashes": Response("Internal Server Error", 500),
    "form_refused": JSONResponse({"detail": [{"loc": ["body", "basket"], "msg": "missing"}]}, 422),
}
"""What a shop answers that never comes to calling bKash, by its mistake."""


class Gone(Exception):
    """The gateway broke the connection or never answered."""


class Wire(httpx.AsyncBaseTransport):
    """Carry requests to the apps of one process by the port that they name."""

    def __init__(self, apps: dict[int, Any]) -> None:
        self.apps = apps
        self.fresh = count(40_000)

    def transport(self, port: int, *, fresh: bool = False) -> httpx.ASGITransport:
        client = ("127.0.0.1", next(self.fresh) if fresh else 39_999)
        return httpx.ASGITransport(app=self.apps[port], client=client)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.port not in self.apps:
            raise httpx.ConnectError("All connection attempts failed")
        return await self.transport(request.url.port).handle_async_request(request)


@dataclass
class Shop:
    """A checkout; `mistakes` says which it makes."""

    wire: Wire
    mistakes: frozenset[str]
    life_s: float = 0.0
    issued_s: float = 0.0
    id_token: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def makes(self, mistake: str) -> bool:
        return mistake in self.mistakes

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/checkout/{course_id}", self.land),
                Route("/api/bkash/make-payment", self.make_payment, methods=["POST"]),
                Route("/api/bkash/callback", self.callback),
            ]
        )

    async def land(self, request: Request) -> Response:
        return HTMLResponse(f"<form><input name=amount value={PRICE}></form>")

    async def make_payment(self, request: Request) -> Response:
        for mistake, answer in INSTEAD.items():
            if self.makes(mistake):
                return answer
        if self.makes("wrong_port"):
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        wish = await request.json()
        timing = await self.check()
        if self.makes("elsewhere"):
            url = "https://tokenized.pay.bka.sh/?paymentID=TR1"
            return JSONResponse({"data": {"bkashURL": url, "paymentID": "TR1"}})
        created = await self.call(
            "create",
            {
                "mode": "0011",
                "payerReference": "7",
                "callbackURL": f"{SHOP}/api/bkash/callback",
                "amount": str(wish["amount"]) if self.makes("client_amount") else PRICE,
                "currency": "BDT",
                "intent": "sale",
                "merchantInvoiceNumber": f"inv-{wish['user_id']}-{wish['course_id']}",
            },
        )
        if "bkashURL" not in created:
            return JSONResponse({"message": "bKash said no"}, 502)
        if self.makes("redirects"):
            return RedirectResponse(created["bkashURL"], 302)
        data = {"bkashURL": created["bkashURL"], "paymentID": created["paymentID"]}
        return JSONResponse({"data": data}, headers=timing)

    async def check(self) -> dict[str, str]:
        """Look user, course and enrolment up, then write the record."""
        loop = asyncio.get_running_loop()
        began, stages = loop.time(), []

        async def look(name: str, duration_s: float) -> None:
            start = loop.time()
            await asyncio.sleep(duration_s)
            ms = (loop.time() - start) * 1000, (start - began) * 1000
            stages.append(f"{name};dur={ms[0]:.3f};start={ms[1]:.3f}")

        checks = [look(f"check_{i}", s) for i, s in enumerate(CHECKS_S)]
        if self.makes("serial_work"):
            for check in checks:
                await check
        else:
            await asyncio.gather(*checks)
        await look("insert", RECORD_S)
        return {"server-timing": ", ".join(stages)} if self.makes("says_stages") else {}

    async def callback(self, request: Request) -> Response:
        query = request.query_params
        await asyncio.sleep(RECORD_S)
        status = "failed"
        if query["status"] == "success":
            status = await self.settle(query["paymentID"])
        await asyncio.sleep(RECORD_S)
        return RedirectResponse(f"/result?{urlencode({'status': status})}", 303)

    async def settle(self, payment_id: str) -> str:
        if self.makes("callback_believed"):
            return "success"
        body = {"paymentID": payment_id}
        try:
            done = await self.call("execute", body)
        except Gone:
            if self.makes("blind_retry"):
                done = await self.call("execute", body)
            elif self.makes("paid_unconfirmed"):
                return "success"
            else:
                done = await self.call("payment/status", body)
        if self.makes("needless_query"):
            done = await self.call("payment/status", body)
        if self.makes("answer_ignored"):
            return "success"
        return "success" if done.get("transactionStatus") == "Completed" else "pending"

    async def call(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        token = await self.token()
        status, answer = await self.post(path, body, {"authorization": token, "x-app-key": "k"})
        if status == 401 and not self.makes("token_not_replaced"):
            if self.id_token == token:
                self.id_token = ""
            token = await self.token()
            headers = {"authorization": token, "x-app-key": "k"}
            status, answer = await self.post(path, body, headers)
        return answer

    async def token(self) -> str:
        if self.makes("grant_per_request"):
            return await self.grant()
        if self.is_fresh():
            return self.id_token
        if self.makes("no_single_flight"):
            return await self.grant()
        async with self.lock:
            return self.id_token if self.is_fresh() else await self.grant()

    def is_fresh(self) -> bool:
        share = 1.0 if self.makes("token_to_last_second") else 0.9
        age_s = asyncio.get_running_loop().time() - self.issued_s
        known_life_s = 3300.0 if self.makes("life_ignored") else self.life_s * share
        return bool(self.id_token) and age_s < known_life_s

    async def grant(self) -> str:
        body = {"app_key": "k", "app_secret": "s"}
        _, answer = await self.post("token/grant", body, {"username": "u", "password": "p"})
        self.id_token, self.life_s = answer["id_token"], float(answer["expires_in"])
        self.issued_s = asyncio.get_running_loop().time()
        return self.id_token

    async def post(
        self, path: str, body: dict[str, str], headers: dict[str, str]
    ) -> tuple[int, dict[str, Any]]:
        fresh = self.makes("new_connection_per_call")
        transport = self.wire.transport(8700, fresh=fresh)
        request = httpx.Request("POST", f"{MOCK}{CHECKOUT}/{path}", headers=headers, json=body)
        try:
            async with asyncio.timeout(None if self.makes("no_timeout") else 10):
                response = await transport.handle_async_request(request)
                await response.aread()
        except TimeoutError:
            raise Gone from None
        except Exception as error:
            # In one process a broken connection is the mock's own exception.
            if type(error).__name__ != "AnswerLost":
                raise
            raise Gone from error
        return response.status_code, json.loads(response.content)


class Watcher:
    """Keep what was told."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def step(self, step: Step) -> None:
        self.steps.append(step)


@dataclass
class Probed:
    """A probe that is over."""

    evidence: Evidence
    record: ProbeRecord
    steps: list[Step]

    @property
    def found(self) -> set[str]:
        return {finding.mistake for finding in self.record.findings}

    @property
    def unseen(self) -> set[str]:
        return {check.mistake for check in self.record.checks if check.state == "not_checked"}

    def reason(self, mistake: str) -> str:
        return next(check.reason for check in self.record.checks if check.mistake == mistake)


def make_plan(**changes: Any) -> ProbePlan:
    plan = ProbePlan(target=load_target("merchant"), url=SHOP, payments=6, seed=4)
    return replace(plan, **changes)


CIRCUMSTANCES = Circumstances(
    created_utc="2026-11-23T10:00:00+00:00",
    command=("bkash-bench", "probe", "--target", "merchant"),
    gateway_url=f"{MOCK}/v1.2.0-beta",
    profile="constant",
    profile_data={},
    duration_s=60.0,
    versions={"python": "3.11"},
    machine={"cpu": "any"},
)


@pytest.fixture
def probe_shop() -> Callable[..., Probed]:
    """Probe the shop that makes these mistakes."""

    def run(*mistakes: str, profile: str = "constant", down: bool = False, **plan: Any) -> Probed:
        async def main() -> Probed:
            config = MockConfig(
                profile=load_profile(profile),
                approve=ApproveMode.PAGE,
                started_at=datetime(2026, 1, 1, 6, 0, tzinfo=UTC),
            )
            wire = Wire({8700: create_app(config)})
            if not down:
                wire.apps[3000] = Shop(wire, frozenset(mistakes)).app()
            watcher = Watcher()
            evidence = await carry_out(
                make_plan(**plan), mock_url=MOCK, observer=watcher, transport=wire
            )
            return Probed(evidence, make_record(evidence, CIRCUMSTANCES), watcher.steps)

        return run_virtual(main())

    return run


def make_call(operation: str, start_s: float, end_s: float, **changes: Any) -> ProbeCall:
    call = ProbeCall(
        operation=operation,
        start_ns=round(start_s * 1e9),
        end_ns=round(end_s * 1e9),
        modelled_ns=round((end_s - start_s) * 1e9),
        new_connection=False,
        status=200,
        code="0000",
        request="make_payment",
    )
    return replace(call, **changes)


def make_request(
    name: str, start_s: float, end_s: float, *stages: tuple[str, float, float], **changes: Any
) -> ProbeRequest:
    request = ProbeRequest(
        name=name,
        start_ns=round(start_s * 1e9),
        end_ns=round(end_s * 1e9),
        status=200,
        outcome="ok",
        stages=tuple(
            ProbeStage(stage, round(at_s * 1e9), round(for_s * 1e9))
            for stage, at_s, for_s in stages
        ),
    )
    return replace(request, **changes)


def make_payment(number: int = 1, *calls: ProbeCall, at_s: float = 0.0, **changes: Any):
    """A payment of 3 s: create from 0.4 to 1.4 s, execute from 2.1 to 3.1 s, unless told else."""
    usual = (
        make_call("create_payment", at_s + 0.4, at_s + 1.4),
        make_call("execute_payment", at_s + 2.1, at_s + 3.1, request="callback"),
    )
    payment = ProbePayment(
        number=number,
        purpose=ProbePurpose.ROUTINE,
        payment_id=f"TR{number}",
        outcome="ok",
        error="",
        requests=(
            make_request("land", at_s - 0.1, at_s),
            make_request("make_payment", at_s, at_s + 1.5),
            make_request("approve", at_s + 1.6, at_s + 1.7),
            make_request("callback", at_s + 2.0, at_s + 3.5),
        ),
        calls=calls or usual,
    )
    return replace(payment, **changes)


@pytest.fixture
def make() -> Any:
    """Makers of payments, requests and calls."""

    class Makers:
        call = staticmethod(make_call)
        request = staticmethod(make_request)
        payment = staticmethod(make_payment)
        plan = staticmethod(make_plan)

        @staticmethod
        def evidence(*payments: ProbePayment, **changes: Any) -> Evidence:
            """What was seen of payments, with all of their calls."""
            evidence = Evidence(make_plan(), routine=list(payments), app_key="k")
            evidence.calls = [call for payment in payments for call in payment.calls]
            for name, value in changes.items():
                setattr(evidence, name, value)
            return evidence

    return Makers
