"""Faults of the mock on the virtual clock: they reach a client as sockets would bring them."""

import asyncio
from typing import Any

import httpx
import pytest
from msgspec.json import decode, encode

from harness.simulation import (
    Link,
    PoolLimits,
    Site,
    VirtualNetwork,
    VirtualTransport,
    run_virtual,
)
from mock_bkash import ApproveMode, MockConfig, create_app, load_profile
from mock_bkash.fault import named_plan

BKASH = "http://bkash.test"
CHECKOUT = f"{BKASH}/v1.2.0-beta/tokenized/checkout"


class Shop:
    """A merchant on the virtual network."""

    def __init__(self, *, plan: str = "", round_trip_s: float = 0.0, profile: str = "fast") -> None:
        faults = (named_plan(plan),) if plan else ()
        app = create_app(
            MockConfig(profile=load_profile(profile), approve=ApproveMode.AUTO, faults=faults)
        )
        network = VirtualNetwork(seed=1)
        network.add(BKASH, Site(app))
        self._http = httpx.AsyncClient(
            transport=VirtualTransport(
                network, link=Link(round_trip_s=round_trip_s), pool=PoolLimits()
            )
        )
        self._guard = {"x-app-key": "shop"}

    async def call(self, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
        sent = {**self._guard, **headers}
        return await self._http.post(
            f"{CHECKOUT}/{path}", content=encode(body), headers=sent, timeout=60
        )

    async def open(self) -> None:
        body = {"app_key": "shop", "app_secret": "s"}
        granted = await self.call("token/grant", body, username="u", password="p")
        self._guard["authorization"] = decode(granted.content)["id_token"]

    async def create(self, invoice: str = "i") -> str:
        order = {
            "mode": "0011",
            "payerReference": "r",
            "callbackURL": "http://shop.test/callback",
            "amount": "10",
            "currency": "BDT",
            "intent": "sale",
            "merchantInvoiceNumber": invoice,
        }
        payment_id: str = decode((await self.call("create", order)).content)["paymentID"]
        return payment_id

    async def execute(self, payment_id: str) -> dict[str, Any]:
        answer = await self.call("execute", {"paymentID": payment_id})
        executed: dict[str, Any] = decode(answer.content)
        return executed

    async def status(self, payment_id: str) -> str:
        answer = await self.call("payment/status", {"paymentID": payment_id})
        status: str = decode(answer.content)["transactionStatus"]
        return status


@pytest.mark.parametrize("round_trip_s", [0.0, 0.04])
@pytest.mark.parametrize(
    ("plan", "error", "truth"),
    [
        ("reset;moment=after", httpx.ReadError, "Completed"),
        ("reset;moment=before", httpx.ReadError, "Initiated"),
        ("close;moment=after", httpx.RemoteProtocolError, "Completed"),
        ("truncate", httpx.RemoteProtocolError, "Completed"),
        ("half_sent", httpx.WriteError, "Initiated"),
        ("hang;moment=after", httpx.ReadTimeout, "Completed"),
    ],
)
def test_a_lost_answer_is_httpxs_own_error(
    plan: str, error: type[httpx.TransportError], truth: str, round_trip_s: float
):
    """R1, R4, R5: and query tells what the client cannot know."""

    async def use() -> None:
        shop = Shop(plan=f"{plan};operations=execute_payment;first=1", round_trip_s=round_trip_s)
        await shop.open()
        payment_id = await shop.create()
        with pytest.raises(error):
            await shop.execute(payment_id)
        assert await shop.status(payment_id) == truth
        assert (await shop.execute(payment_id))["statusCode"] == (
            "2062" if truth == "Completed" else "0000"
        )

    run_virtual(use())


def test_an_answer_that_comes_too_late_was_no_failure():
    """R2: the client waited 60 s, and the money had moved 35 s before the answer."""

    async def use() -> None:
        shop = Shop(plan="very-late")
        await shop.open()
        payment_id = await shop.create()
        loop = asyncio.get_running_loop()
        waiting = loop.create_task(shop.execute(payment_id))
        await asyncio.sleep(1)
        assert await shop.status(payment_id) == "Completed"
        assert (await waiting)["statusCode"] == "0000"
        assert loop.time() == 35

    run_virtual(use())


def test_a_bad_day_strikes_the_same_payments_in_any_order():
    """M3: profile flaky, two hundred payments, once in a row and once all together."""

    async def pay(shop: Shop, number: int) -> str:
        payment_id = ""
        try:
            payment_id = await shop.create(f"i{number}")
            return str((await shop.execute(payment_id)).get("statusCode"))
        except (httpx.TransportError, KeyError) as error:
            return type(error).__name__

    async def open_shop() -> Shop:
        shop = Shop(profile="flaky")
        for _ in range(5):
            try:
                await shop.open()
                return shop
            except (httpx.TransportError, KeyError):
                continue
        raise AssertionError("five grants in a row failed")

    async def in_a_row() -> list[str]:
        shop = await open_shop()
        return [await pay(shop, number) for number in range(200)]

    async def together() -> list[str]:
        shop = await open_shop()
        return await asyncio.gather(*(pay(shop, number) for number in range(200)))

    row = run_virtual(in_a_row())
    assert run_virtual(together()) == row
    assert {"0000", "ReadError"} <= set(row)
    assert 2 <= sum(outcome != "0000" for outcome in row) <= 20
