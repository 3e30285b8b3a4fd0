"""The life of payments, agreements and refunds, as a machine that tries everything.

Hypothesis calls the mock in any order, at any time of its clock, and a model of a dozen lines says
what has to come out. Whatever happens: no payment takes money twice, none gives back more than it
took, and the audit finds nothing.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)

from harness.simulation import new_virtual_loop
from mock_bkash import MockConfig, create_app, load_profile

B = "/v1.2.0-beta/tokenized/checkout"
V2 = "/v2/tokenized-checkout/refund/payment"
DAY_S = 86_400
LIFE_S = DAY_S
WAITING = ("initiated", "approved")


@dataclass
class Model:
    """What a payment is known to be."""

    payment_id: str
    mode: str
    intent: str
    amount: int
    created_s: float
    state: str = "initiated"
    trx_id: str = ""
    taken_s: float = 0.0
    settled: bool = False
    agreement_id: str = ""
    refunds: list[tuple[int, float]] = field(default_factory=list)

    def age(self, now_s: float) -> None:
        if self.state in WAITING and now_s - self.created_s >= LIFE_S:
            self.state = "expired"


class Lifecycle(RuleBasedStateMachine):
    payments = Bundle("payments")
    agreements = Bundle("agreements")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=new_virtual_loop)
        self.models: list[Model] = []
        self.cancelled: set[str] = set()
        self.now_s = 0.0

    def teardown(self) -> None:
        self.runner.run(self.http.aclose())
        self.runner.close()

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        if not path.startswith("/_mock/"):
            headers = {"authorization": self.token, "x-app-key": "k", **headers}
        return self.runner.run(self.http.request(method, path, json=body, headers=headers))

    def post(self, path: str, body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.send("POST", path, body).json()
        return answer

    @initialize()
    def open(self) -> None:
        async def start() -> httpx.AsyncClient:
            config = MockConfig(profile=load_profile("fast"), token_lifetime_s=1e9)
            app = create_app(config)
            return httpx.AsyncClient(
                transport=httpx.ASGITransport(app=app), base_url="http://mock.test"
            )

        self.token = ""
        self.http = self.runner.run(start())
        login = {"app_key": "k", "app_secret": "s"}
        answer = self.send("POST", f"{B}/token/grant", login, username="u", password="p")
        self.token = answer.json()["id_token"]

    @rule(seconds=st.sampled_from([1, 601, 3600, DAY_S - 10, DAY_S, 14 * DAY_S, 50 * DAY_S]))
    def time_passes(self, seconds: int) -> None:
        self.send("POST", "/_mock/clock", {"advance_s": seconds})
        self.now_s += seconds
        for model in self.models:
            model.age(self.now_s)

    def take_in(self, created: dict[str, Any], **about: Any) -> Model:
        assert created["statusCode"] == "0000"
        model = Model(created["paymentID"], created_s=self.now_s, **about)
        self.models.append(model)
        return model

    def create(self, mode: str, intent: str, amount: int, agreement_id: str) -> dict[str, Any]:
        return self.post(
            f"{B}/create",
            {
                "mode": mode,
                "payerReference": "r",
                "callbackURL": "http://shop.test/cb",
                "amount": str(amount),
                "currency": "BDT",
                "intent": intent,
                "merchantInvoiceNumber": "i",
                "agreementID": agreement_id,
            },
        )

    @rule(
        target=payments,
        intent=st.sampled_from(["sale", "authorization"]),
        amount=st.integers(1, 500),
    )
    def create_payment(self, intent: str, amount: int) -> Model:
        created = self.create("0011", intent, amount, "")
        return self.take_in(created, mode="0011", intent=intent, amount=amount)

    @rule(target=payments)
    def ask_agreement(self) -> Model:
        body = {"mode": "0000", "payerReference": "r", "callbackURL": "http://shop.test/cb"}
        return self.take_in(self.post(f"{B}/create", body), mode="0000", intent="", amount=0)

    @rule(target=payments, agreement=agreements, amount=st.integers(1, 500))
    def create_by_agreement(self, agreement: str, amount: int) -> Any:
        created = self.create("0001", "sale", amount, agreement)
        if agreement in self.cancelled:
            assert created["statusCode"] == "2053"
            return multiple()
        model = self.take_in(created, mode="0001", intent="sale", amount=amount)
        model.agreement_id = agreement
        return model

    @rule(model=payments, name=st.sampled_from(["approve", "cancel"]))
    def shopper_decides(self, model: Model, name: str) -> None:
        status = self.send("POST", f"/_mock/payments/{model.payment_id}/{name}").status_code
        reached = {"approve": "approved", "cancel": "cancelled"}[name]
        legal = {"approve": ("initiated", "approved"), "cancel": (*WAITING, "cancelled")}[name]
        assert status == (200 if model.state in legal else 409)
        if status == 200:
            model.state = reached

    @rule(target=agreements, model=payments)
    def execute(self, model: Model) -> Any:
        answer = self.post(f"{B}/execute", {"paymentID": model.payment_id})
        assert answer["statusCode"] == self.expected_of_execute(model)
        if answer["statusCode"] == "2055" and model.state == "approved":
            model.state = "declined"
        if answer["statusCode"] != "0000":
            return multiple()
        if model.mode == "0000":
            model.state, model.agreement_id = "completed", answer["agreementID"]
            return model.agreement_id
        model.state = "authorized" if model.intent == "authorization" else "completed"
        model.trx_id, model.taken_s = answer["trxID"], self.now_s
        return multiple()

    def expected_of_execute(self, model: Model) -> str:
        agreement = model.mode == "0000"
        if model.state in ("completed", "authorized", "voided"):
            return "2116" if agreement else "2062"
        if model.state == "initiated":
            return "2054" if agreement else "2056"
        if model.state == "approved":
            return "2055" if model.agreement_id in self.cancelled else "0000"
        return "2055" if agreement else "2056"

    @rule(model=payments, name=st.sampled_from(["capture", "void"]))
    def settle(self, model: Model, name: str) -> None:
        code = self.post(f"{B}/payment/confirm/{name}", {"paymentID": model.payment_id})[
            "statusCode"
        ]
        held = model.state == "authorized"
        assert code == ("0000" if held else "2119" if model.settled else "2056")
        if held:
            model.state = "completed" if name == "capture" else "voided"
            model.settled, model.taken_s = True, self.now_s

    @rule(model=payments, amount=st.integers(1, 500), version=st.sampled_from([1, 2]))
    def refund(self, model: Model, amount: int, version: int) -> None:
        trx_id = model.trx_id or "X"
        if version == 1:
            body = {"paymentID": model.payment_id, "trxID": trx_id, "amount": str(amount)}
            code = self.post(f"{B}/payment/refund", {**body, "sku": "s", "reason": "r"})[
                "statusCode"
            ]
        else:
            body = {"paymentId": model.payment_id, "trxId": trx_id, "refundAmount": str(amount)}
            answer = self.post(f"{V2}/transaction", {**body, "sku": "s", "reason": "r"})
            code = answer.get("externalCode", "0000")
        assert code == self.expected_of_refund(model, amount, version)
        if code == "0000":
            model.refunds.append((amount, self.now_s))

    def expected_of_refund(self, model: Model, amount: int, version: int) -> str:
        if model.state != "completed" or model.mode == "0000":
            return "2127"
        if self.now_s - model.taken_s > (15 if version == 1 else 60) * DAY_S:
            return "2071"
        if len(model.refunds) >= (1 if version == 1 else 10):
            return "2034" if version == 1 else "2074"
        if amount + sum(part for part, _ in model.refunds) > model.amount:
            return "2072"
        repeated = any(part == amount and self.now_s - s < 600 for part, s in model.refunds)
        return "2029" if repeated else "0000"

    @rule(agreement=agreements)
    def cancel_agreement(self, agreement: str) -> None:
        again = agreement in self.cancelled
        code = self.post(f"{B}/agreement/cancel", {"agreementID": agreement})["statusCode"]
        assert code == ("2053" if again else "0000")
        self.cancelled.add(agreement)

    @rule(model=payments)
    def query(self, model: Model) -> None:
        answer = self.post(f"{B}/payment/status", {"paymentID": model.payment_id})
        if model.mode == "0000":
            status = "Cancelled" if model.agreement_id in self.cancelled else "Completed"
            assert answer["agreementStatus"] == (status if model.agreement_id else "Initiated")
            return
        told = {
            "completed": "Completed",
            "authorized": "Authorized",
            "voided": "Cancelled",
            "expired": "Expired",
        }
        assert answer["transactionStatus"] == told.get(model.state, "Initiated")

    @invariant()
    def the_ledger_is_the_models_sum(self) -> None:
        if not self.models:
            return
        taken = [m for m in self.models if m.state == "completed" and m.mode != "0000"]
        ledger = self.send("GET", "/_mock/ledger").json()
        assert {c["payment_id"] for c in ledger["captures"]} == {m.payment_id for m in taken}
        assert ledger["total_poisha"] == sum(m.amount for m in taken) * 100
        given = sum(part for m in taken for part, _ in m.refunds)
        assert ledger["refunded_poisha"] == given * 100 <= ledger["total_poisha"]

    @invariant()
    def the_audit_finds_nothing(self) -> None:
        view = {
            "app_key": "k",
            "payments": [
                {
                    "ref": m.payment_id,
                    "order": m.payment_id,
                    "payment_id": m.payment_id,
                    "amount_poisha": m.amount * 100,
                    "invoice": "i",
                    "status": {"completed": "paid", "approved": "created"}.get(m.state, m.state),
                    "refunded_poisha": sum(part for part, _ in m.refunds) * 100,
                }
                for m in self.models
                if m.mode != "0000"
            ],
            "agreements": [
                {
                    "ref": m.agreement_id,
                    "agreement_id": m.agreement_id,
                    "status": "cancelled" if m.agreement_id in self.cancelled else "active",
                }
                for m in self.models
                if m.mode == "0000" and m.agreement_id
            ],
        }
        if self.models:
            verdict = self.send("POST", "/_mock/audit", view).json()
            assert verdict.get("violations") == [], verdict


Lifecycle.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.filterwarnings("error")
class TestLifecycle(Lifecycle.TestCase):
    """Every order of calls comes out as the model says."""
