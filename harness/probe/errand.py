"""One shopper's journey, driven over the network, with a detour where the probe wants one.

A detour may hold a request back until its moment, or do something else in its place: give another
wallet number at bKash, turn round at bKash's page and claim to have paid.
"""

import asyncio
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from harness.load import Exchange, Journey, Outcome, Reading, Request
from harness.probe.browser import Browser
from harness.rundata import RequestName

__all__ = ["Detour", "Straight", "Trip", "payment_id_in", "run_errand", "turn_back"]


GLANCE_S = 0.25
"""Longest pause between page and button, for what the page does in the background: sent in the same
instant, the two would get into each other's way in the browser."""


class Detour(Protocol):
    """Depart from what a shopper usually does."""

    async def before(self, request: Request) -> None:
        """Return when the request may be sent."""

    async def instead(self, request: Request) -> Reading | None:
        """Do something else and say what came of it; None: send the request."""


class Straight:
    """Depart from nothing."""

    async def before(self, request: Request) -> None:
        """Let every request go at once."""

    async def instead(self, request: Request) -> Reading | None:
        """Send every request."""
        return None


@dataclass(frozen=True, slots=True)
class Trip:
    """Hold a journey that is over.

    Attributes:
        exchanges: all requests as they went, by their start.
    """

    exchanges: tuple[Exchange, ...]

    def last(self, name: RequestName) -> Exchange | None:
        """Return the last request of a name; None where none was sent."""
        return next((e for e in reversed(self.exchanges) if e.request.name is name), None)

    @property
    def trouble(self) -> Exchange | None:
        """The request that did not do what its shopper wanted; None where all did."""
        return next(
            (e for e in self.exchanges if not e.reading.ok and not e.request.background), None
        )

    @property
    def payment_id(self) -> str:
        """bKash's id of the payment, "" where none was told."""
        told = (_told(exchange) for exchange in reversed(self.exchanges))
        return next((payment_id for payment_id in told if payment_id), "")


def payment_id_in(url: str) -> str:
    """Return bKash's id of the payment that one of its addresses is about, "" for none."""
    query = parse_qs(urlsplit(url).query)
    return (query.get("paymentID") or query.get("paymentId") or [""])[0]


def _told(exchange: Exchange) -> str:
    reading = exchange.reading
    return reading.payment_id or exchange.request.payment_id or payment_id_in(reading.url or "")


async def run_errand(
    browser: Browser,
    journey: Journey,
    *,
    detour: Detour | None = None,
    limit_s: float | None = None,
) -> Trip:
    """Drive a journey to its end.

    Args:
        browser: sends the requests.
        journey: fresh.
        detour: None for none.
        limit_s: longest wait for the answer to the callback; None: the browser's own.
    """
    detour = detour or Straight()
    exchanges: list[Exchange] = []
    background: list[asyncio.Task[Exchange]] = []
    request = next(journey, None)
    while request is not None:
        if request.name is RequestName.MAKE_PAYMENT and background:
            await asyncio.wait(background, timeout=GLANCE_S)
        await detour.before(request)
        reading = await detour.instead(request)
        if reading is None and request.background:
            background.append(asyncio.create_task(browser.send(request)))
        elif reading is None:
            patience_s = limit_s if request.name is RequestName.CALLBACK else None
            exchange = await browser.send(request, limit_s=patience_s)
            exchanges.append(exchange)
            reading = exchange.reading
        request = _next(journey, reading)
    exchanges += await asyncio.gather(*background)
    return Trip(tuple(sorted(exchanges, key=lambda e: e.start_ns)))


def _next(journey: Journey, reading: Reading | None) -> Request | None:
    try:
        return journey.send(reading)
    except StopIteration:
        return None


def turn_back() -> Reading:
    """Return the reading after which a journey ends by the shopper's own will."""
    return Reading(Outcome.ABANDONED, "the probe went no further")
