"""pybkash 0.4.2, synchronous and asynchronous: all of its calls pass, unmodified but for the URL.

The ledger and the journal of the mock are believed, not the client.
"""

import asyncio
import inspect
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pybkash
import pytest

pytestmark = pytest.mark.real_time

CALLBACK = "http://127.0.0.1:9/callback"
HOUR_S = 3600
SHOPPERS = 5
CREDENTIALS = {
    "username": "shop",
    "password": "shop-password",
    "app_key": "shop-key",
    "app_secret": "shop-secret",
}
"""Anybody's: the first token grant makes a merchant known to the mock."""


@dataclass
class Either:
    """A client of either kind, called as if both were asynchronous."""

    client: Any

    async def call(self, name: str, *arguments: Any, **named: Any) -> Any:
        answer = getattr(self.client, name)(*arguments, **named)
        return await answer if inspect.isawaitable(answer) else answer

    async def paid(self, amount: float = 500.5) -> Any:
        created = await self.call("create_payment", CALLBACK, "01770618575", amount)
        return await self.call("execute_payment", created.payment_id)


@pytest.fixture(params=["sync", "async"])
async def shop(request, desk) -> AsyncIterator[Either]:
    if request.param == "sync":
        token = pybkash.Token(**CREDENTIALS, sandbox=True)
        token.base_url = desk.base_url
        with pybkash.Client(token) as client:
            yield Either(client)
    else:
        later = pybkash.AsyncToken(**CREDENTIALS, sandbox=True)
        later.base_url = desk.base_url
        async with pybkash.AsyncClient(later) as client:
            yield Either(client)


async def test_a_payment_is_made_found_and_given_back(shop, desk, approve):
    """create_payment, execute_payment, query_payment, search_trx, execute_refund."""
    created = await shop.call(
        "create_payment", CALLBACK, "01770618575", 500.5, invoice_number="INV-1"
    )
    sent_back = approve(created.bkash_url)
    assert sent_back.startswith(f"{CALLBACK}?")
    assert f"paymentID={created.payment_id}" in sent_back
    assert "status=success" in sent_back
    executed = await shop.call("execute_payment", created.payment_id)
    queried = await shop.call("query_payment", created.payment_id)
    found = await shop.call("search_trx", executed.trx_id)
    refunded = await shop.call("execute_refund", created.payment_id, executed.trx_id, 100.5)
    returned = await shop.call("search_trx", refunded.refund_trx_id)
    assert all(a.is_complete() for a in (executed, queried, found, refunded, returned))
    assert (found.amount, found.max_refundable_amount) == ("500.5", "500.50")
    assert (returned.amount, returned.original_trx_amount) == ("100.5", "500.5")
    ledger = desk.ask("ledger")
    (capture,), (refund,) = ledger["captures"], ledger["refunds"]
    assert (capture["trx_id"], capture["amount_poisha"]) == (executed.trx_id, 50_050)
    assert (refund["refund_trx_id"], refund["amount_poisha"]) == (refunded.refund_trx_id, 10_050)
    verdict = desk.judge(booked(executed, refunded_poisha=10_050))
    assert verdict["ok"], verdict
    assert desk.calls()["token_grant"] == 1


async def test_an_agreement_is_made_used_and_ended(shop, desk, approve):
    """create_agreement, execute_agreement, query_agreement, a payment by it, cancel_agreement."""
    asked = await shop.call("create_agreement", CALLBACK, "01770618575")
    assert "status=success" in approve(asked.bkash_url)
    agreed = await shop.call("execute_agreement", asked.payment_id)
    queried = await shop.call("query_agreement", asked.payment_id)
    assert agreed.is_complete()
    assert queried.is_complete()
    assert queried.agreement_id == agreed.agreement_id
    created = await shop.call(
        "create_payment", CALLBACK, "01770618575", 100.0, agreement_id=agreed.agreement_id
    )
    executed = await shop.call("execute_payment", created.payment_id)
    paid = await shop.call("query_payment", created.payment_id)
    assert executed.agreement_id == paid.agreement_id == agreed.agreement_id
    assert (await shop.call("cancel_agreement", agreed.agreement_id)).is_complete()
    with pytest.raises(pybkash.APIError, match="2053"):
        await shop.call(
            "create_payment", CALLBACK, "01770618575", 100.0, agreement_id=agreed.agreement_id
        )
    ended = {"agreement_id": agreed.agreement_id, "ref": "agreement", "status": "cancelled"}
    verdict = desk.judge(booked(executed), agreements=(ended,))
    assert verdict["ok"], verdict


def booked(executed, **changes):
    return {
        "ref": executed.merchant_invoice_number,
        "order": executed.merchant_invoice_number,
        "payment_id": executed.payment_id,
        "amount_poisha": round(float(executed.amount) * 100),
        "invoice": executed.merchant_invoice_number,
        "status": "paid",
        "fulfilments": 1,
        "refunded_poisha": 0,
        **changes,
    }


async def test_a_second_execute_or_refund_is_refused(shop, desk):
    """bKash's business errors, which pybkash raises with their codes; money moved once each."""
    executed = await shop.paid(1)
    with pytest.raises(pybkash.APIError, match="2062"):
        await shop.call("execute_payment", executed.payment_id)
    await shop.call("execute_refund", executed.payment_id, executed.trx_id, 1)
    with pytest.raises(pybkash.APIError, match="2034"):
        await shop.call("execute_refund", executed.payment_id, executed.trx_id, 1)
    ledger = desk.ask("ledger")
    assert (len(ledger["captures"]), len(ledger["refunds"])) == (1, 1)


async def test_a_lost_answer_can_be_asked_about(shop, desk):
    """execute_payment raises httpx's error, the money has moved, query_payment knows."""
    created = await shop.call("create_payment", CALLBACK, "01770618575", 10)
    desk.plan_fault("response-lost")
    with pytest.raises(httpx.TransportError):
        await shop.call("execute_payment", created.payment_id)
    assert (await shop.call("query_payment", created.payment_id)).is_complete()
    assert len(desk.ask("ledger")["captures"]) == 1


async def test_a_refused_token_is_not_replaced(shop, desk):
    """A 401 is raised, and no grant follows."""
    await shop.paid()
    desk.ask("clock", {"advance_s": HOUR_S + 1})
    for _ in range(2):
        with pytest.raises(httpx.HTTPStatusError, match="401"):
            await shop.paid()
    assert desk.calls()["token_grant"] == 1


async def test_a_token_is_renewed_before_its_end(shop, desk):
    """By a new grant, 100 s before; at 3,490 s the old one is still sent."""
    for age_s, grants in ((0, 1), (3490, 1), (20, 2)):
        if age_s:
            shop.client.token.token_obj["timestamp"] -= age_s
        await shop.paid()
        assert desk.calls()["token_grant"] == grants


def test_two_merchants_on_one_redis_share_a_token(desk):
    """The second is refused: the token's place there has one name for all."""
    kept: dict[str, str] = {}

    class Redis:
        get = staticmethod(kept.get)
        set = staticmethod(kept.__setitem__)

    codes = []
    for app_key in ("shop-key", "other-key"):
        token = pybkash.Token(**{**CREDENTIALS, "app_key": app_key}, redis_url="redis://127.0.0.1")
        token.base_url, token.redis = desk.base_url, Redis
        with pybkash.Client(token) as client:
            try:
                codes.append(client.create_payment(CALLBACK, "01770618575", 10).status_code)
            except pybkash.APIError as error:
                codes.append(error.status_code)
    assert codes == ["0000", "2001"]


@pytest.mark.parametrize("shop", ["async"], indirect=True)
async def test_a_cold_token_is_granted_to_each_shopper_anew(shop, desk):
    """No single flight: five shoppers at once, five grants, where bKash allows two an hour."""
    await asyncio.gather(*(shop.paid(10 + number) for number in range(SHOPPERS)))
    assert desk.calls()["token_grant"] == SHOPPERS


async def test_wrong_credentials_are_raised_by_their_code(shop, desk):
    """The one client that looks at the answer to its grant."""
    await shop.paid()
    shop.client.token.token_obj = None
    shop.client.token.data["app_secret"] = "wrong"
    with pytest.raises(pybkash.APIError, match="9999"):
        await shop.paid()
    assert desk.calls()["create_payment"] == 1
