"""The detours of a probe's shoppers, each a small departure from the straight way."""

import asyncio
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from harness.load import Answer, Outcome, Reading, Request
from harness.probe.browser import Browser
from harness.probe.errand import Straight, payment_id_in, turn_back
from harness.probe.mock_desk import MockDesk
from harness.rundata import RequestName

__all__ = ["ApproveAtDesk", "ClaimToHavePaid", "GoTogether", "PayWith", "TurnBackAtBkash"]

_CODE = "123456"
_PIN = "12121"
"""bKash's public sandbox customer."""

_FORM = "application/x-www-form-urlencoded"


class ApproveAtDesk(Straight):
    """Approve the payment at the mock's desk, and go back to the shop as bKash's page says.

    bKash lets one wallet pay one amount once in some minutes, so a probe that paid as a shopper
    does, with the sandbox's few wallets, would be refused at a shop with one price.
    """

    def __init__(self, browser: Browser, desk: MockDesk) -> None:
        self._browser = browser
        self._desk = desk

    async def instead(self, request: Request) -> Reading | None:
        """Return the way back to the shop."""
        if request.name is not RequestName.APPROVE:
            return None
        payment_id = payment_id_in(request.url)
        if not await self._desk.approve(payment_id):
            return Reading(
                Outcome.PROTOCOL, f"the mock knows no payment {payment_id!r} that it could approve"
            )
        return None


class GoTogether(ApproveAtDesk):
    """Press the button at the same instant as the others of a party."""

    def __init__(self, browser: Browser, desk: MockDesk, barrier: asyncio.Barrier) -> None:
        super().__init__(browser, desk)
        self._barrier = barrier

    async def before(self, request: Request) -> None:
        """Wait for the party before paying."""
        if request.name is RequestName.MAKE_PAYMENT:
            await self._barrier.wait()


class TurnBackAtBkash(Straight):
    """Go no further than bKash's page."""

    async def instead(self, request: Request) -> Reading | None:
        """End the journey where bKash's page begins."""
        return turn_back() if request.name is RequestName.APPROVE else None


class PayWith(Straight):
    """Pay with another wallet: the mock has some that bring a fault upon their payment."""

    def __init__(self, browser: Browser, wallet: str) -> None:
        self._browser = browser
        self._wallet = wallet

    async def instead(self, request: Request) -> Reading | None:
        """Fill in all of bKash's forms at once."""
        if request.name is not RequestName.APPROVE:
            return None
        entries = {"wallet": self._wallet, "otp": _CODE, "pin": _PIN, "action": "next"}
        location = await _post(self._browser, request, entries)
        if location is None or dict(_query(location)).get("status") != "success":
            return Reading(Outcome.REFUSED, f"bKash's page does not take wallet {self._wallet}")
        return Reading(Outcome.OK, url=location)


class ClaimToHavePaid(Straight):
    """Close bKash's page, and come back with `status=success` in the address all the same."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    async def instead(self, request: Request) -> Reading | None:
        """Return the way back to the shop, forged."""
        if request.name is not RequestName.APPROVE:
            return None
        location = await _post(self._browser, request, {"action": "close"})
        if location is None or dict(_query(location)).get("status") != "cancel":
            return Reading(Outcome.PROTOCOL, "bKash's page could not be closed")
        forged = [(k, "success" if k == "status" else v) for k, v in _query(location)]
        parts = urlsplit(location)
        return Reading(Outcome.OK, url=urlunsplit(parts._replace(query=urlencode(forged))))


async def _post(browser: Browser, page: Request, entries: dict[str, str]) -> str | None:
    """Send a form to bKash's page and return where it leads, None for nowhere."""
    form = Request(
        name=RequestName.APPROVE,
        method="POST",
        url=page.url,
        headers={"content-type": _FORM},
        body=urlencode(entries).encode(),
        think_s=0.0,
        background=False,
        payment_id=page.payment_id,
        read=_read_nothing,
    )
    answer = (await browser.send(form)).answer
    location = answer.headers.get("location")
    return None if not location else urljoin(page.url, location)


def _read_nothing(answer: Answer) -> Reading:
    del answer
    return Reading(Outcome.OK)


def _query(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)
