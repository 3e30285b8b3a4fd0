"""Detours: what a probe's shopper does otherwise than others."""

import asyncio
from urllib.parse import parse_qs

import httpx

from harness.load import Answer, Outcome, Reading, Request
from harness.probe.browser import Browser
from harness.probe.detour import (
    ApproveAtDesk,
    ClaimToHavePaid,
    GoTogether,
    PayWith,
    TurnBackAtBkash,
)
from harness.probe.mock_desk import MockDesk
from harness.rundata import RequestName

PAGE = "http://127.0.0.1:8700/page?paymentID=TR1"
BACK = "http://127.0.0.1:3000/back?ref=r&paymentID=TR1&status={}&signature=abc"


def at(name: RequestName) -> Request:
    def read(answer: Answer) -> Reading:
        return Reading(Outcome.OK)

    return Request(name, "GET", PAGE, {}, None, 0.0, False, "TR1", read)


def page(status: str, seen: list):
    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(parse_qs(request.content.decode()))
        return httpx.Response(303, headers={"location": BACK.format(status)})

    return Browser(limit_s=5, transport=httpx.MockTransport(answer))


async def test_a_wallet_is_given_with_code_and_pin_at_once():
    """The mock's page takes all three in one form."""
    seen: list = []
    async with page("success", seen) as browser:
        reading = await PayWith(browser, "01920000001").instead(at(RequestName.APPROVE))
    assert reading.url == BACK.format("success")
    assert seen[0]["wallet"] == ["01920000001"]
    assert {"otp", "pin"} <= seen[0].keys()


async def test_a_wallet_that_is_not_taken_ends_the_journey():
    """A page that sends the shopper back without success took no payment."""
    async with page("failure", []) as browser:
        reading = await PayWith(browser, "01920000001").instead(at(RequestName.APPROVE))
    assert not reading.ok


async def test_a_closed_page_becomes_a_claim_of_success():
    """Only the status is forged; what bKash joined besides stays."""
    seen: list = []
    async with page("cancel", seen) as browser:
        reading = await ClaimToHavePaid(browser).instead(at(RequestName.APPROVE))
    assert seen[0] == {"action": ["close"]}
    assert reading.url == BACK.format("success")


async def test_other_requests_are_sent_as_they_are():
    """A detour concerns bKash's page alone."""
    async with page("cancel", []) as browser:
        assert await ClaimToHavePaid(browser).instead(at(RequestName.CALLBACK)) is None
        assert await PayWith(browser, "1").instead(at(RequestName.LAND)) is None
    assert await TurnBackAtBkash().instead(at(RequestName.MAKE_PAYMENT)) is None


async def test_turning_back_ends_at_bkash():
    """The journey ends where bKash's page would begin."""
    reading = await TurnBackAtBkash().instead(at(RequestName.APPROVE))
    assert reading.url is None
    assert not reading.ok


async def test_the_desk_approves_by_the_id_in_the_address():
    """The page is then asked for as usual, and sends the shopper on."""
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(200, json={})

    transport = httpx.MockTransport(answer)
    async with Browser(limit_s=5) as browser, MockDesk("http://mock", transport=transport) as desk:
        assert await ApproveAtDesk(browser, desk).instead(at(RequestName.APPROVE)) is None
    assert asked == ["/_mock/payments/TR1/approve"]


async def test_a_payment_that_the_mock_does_not_know_is_no_detour():
    """A page of somebody else's gateway is told, not followed."""
    transport = httpx.MockTransport(lambda request: httpx.Response(404, json={}))
    async with Browser(limit_s=5) as browser, MockDesk("http://mock", transport=transport) as desk:
        reading = await ApproveAtDesk(browser, desk).instead(at(RequestName.APPROVE))
    assert reading.outcome == Outcome.PROTOCOL


async def test_a_party_pays_at_the_same_instant():
    """Nobody presses the button before all have come so far."""
    order: list[str] = []
    barrier = asyncio.Barrier(2)
    async with Browser(limit_s=5) as browser, MockDesk("http://mock") as desk:

        async def shopper(name: str, late_turns: int) -> None:
            for _ in range(late_turns):
                await asyncio.sleep(0)
            order.append(f"{name} came")
            await GoTogether(browser, desk, barrier).before(at(RequestName.MAKE_PAYMENT))
            order.append(f"{name} pays")

        await asyncio.gather(shopper("a", 0), shopper("b", 5))
    assert order[:2] == ["a came", "b came"]
