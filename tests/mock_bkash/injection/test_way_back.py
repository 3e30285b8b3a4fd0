"""The shopper's way back to the shop."""

import asyncio
from urllib.parse import parse_qs, urlsplit

import pytest

from harness.simulation import run_virtual
from mock_bkash.injection import AnswerLost


async def put(shop, plan: str) -> None:
    answer = await shop.http.put("/_mock/faults", json={"plan": f"{plan};operations=callback"})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("plan", ["close", "reset", "hang;seconds=0.01"])
async def test_a_shopper_who_never_comes_back_has_decided_all_the_same(shop, plan: str):
    """The payment is approved, and can be executed by whoever finds out."""
    await put(shop, plan)
    created = await shop.create()
    form = {"wallet": "01770618575", "otp": "123456", "pin": "12121"}
    with pytest.raises(AnswerLost):
        await shop.http.post(shop.page(created), data=form)
    assert (await shop.execute(created["paymentID"]))["statusCode"] == "0000"


async def test_pages_on_the_way_are_left_alone(shop):
    """Only the redirect is the callback."""
    await put(shop, "close")
    page = shop.page(await shop.create())
    assert (await shop.http.get(page)).status_code == 200
    assert (await shop.http.post(page, data={"wallet": "1"})).status_code == 200
    (plan,) = (await shop.admin("GET", "faults"))["plans"]
    assert plan["unused"]


@pytest.mark.parametrize(
    ("plan", "status", "kind"),
    [
        ("status;status=504", 504, "application/json"),
        ("html;status=500", 500, "text/html; charset=utf-8"),
    ],
)
async def test_bkash_may_fail_its_own_shopper(shop, plan: str, status: int, kind: str):
    """An error page in place of the redirect."""
    await put(shop, plan)
    answer = await shop.http.post(shop.page(await shop.create()), data={"action": "close"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, kind)


@pytest.mark.parametrize(("plan", "status"), [("value=success", ["success"]), ("first=9", None)])
async def test_a_callback_may_lie(shop, plan: str, status: list[str] | None):
    """S4, R22: success for a payment that was cancelled, or no status at all."""
    await put(shop, f"alter;field=status;{plan}")
    created = await shop.create(callbackURL="http://shop.test/callback?ref=7&x=")
    answer = await shop.http.post(shop.page(created), data={"action": "close"})
    query = parse_qs(urlsplit(answer.headers["location"]).query, keep_blank_values=True)
    assert (query.get("status"), query["ref"], query["x"]) == (status, ["7"], [""])
    assert query["paymentID"] == [created["paymentID"]]
    (payment,) = (await shop.admin("GET", "payments"))["payments"]
    assert payment["state"] == "cancelled"


def test_a_shopper_may_come_back_late(open_shop):
    """After a detour of a minute."""

    async def main() -> None:
        shop = open_shop(approve="auto")
        await shop.grant()
        await put(shop, "delay;seconds=60")
        answer = await shop.http.get(shop.page(await shop.create()))
        assert answer.status_code == 302
        assert asyncio.get_running_loop().time() == 60

    run_virtual(main())


async def test_a_header_may_ask_for_it_and_a_misspelt_one_changes_nothing(open_shop):
    """A browser has no use for a complaint about a header."""
    shop = open_shop(approve="auto")
    await shop.grant()
    page = shop.page(await shop.create())
    answer = await shop.http.get(
        page, headers={"x-mock-fault": "status;status=503;operations=callback"}
    )
    assert answer.status_code == 503
    for header in ("rest", "status;status=503"):
        answer = await shop.http.get(page, headers={"x-mock-fault": header})
        assert answer.status_code == 302


async def test_a_wallet_may_bring_it_along(shop):
    """callback-lost, without a header and without a plan."""
    created = await shop.create()
    form = {"wallet": "01920000011", "otp": "123456", "pin": "12121"}
    with pytest.raises(AnswerLost):
        await shop.http.post(shop.page(created), data=form)


async def test_the_mock_never_fetches_a_callback(open_shop, monkeypatch: pytest.MonkeyPatch):
    """S7: an address of the inside is where the browser is sent, and nothing else happens."""
    import socket

    def refuse(*arguments: object) -> None:
        raise AssertionError(f"the mock opened a connection: {arguments}")

    shop = open_shop(approve="auto")
    await shop.grant()
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for host in ("169.254.169.254", "[::ffff:127.0.0.1]", "2130706433", "internal.test:6379"):
        created = await shop.create(callbackURL=f"http://{host}/x?y=1")
        answer = await shop.http.get(shop.page(created))
        assert answer.status_code == 302
        assert answer.headers["location"].startswith(f"http://{host}/x?y=1&")


async def test_a_page_of_no_payment_has_no_faults(shop):
    """It is not there, with and without a plan."""
    await put(shop, "close")
    assert (await shop.http.get("/redirect/tokenized/?paymentID=TR1&hash=x")).status_code == 404
