"""The shopper's browser: whatever comes back is an answer."""

import asyncio

import httpx
import pytest

from harness.load import MAX_BODY_BYTES, Outcome, Reading, Request
from harness.probe.browser import Browser
from harness.rundata import RequestName


def ask(url: str = "http://127.0.0.1:1/") -> Request:
    return Request(
        name=RequestName.LAND,
        method="GET",
        url=url,
        headers={},
        body=None,
        think_s=0.0,
        background=False,
        payment_id="",
        read=lambda answer: Reading(answer.failure or Outcome.OK, answer.error),
    )


async def send(handler, url: str = "http://127.0.0.1:1/", limit_s: float = 5.0):
    async with Browser(limit_s=limit_s, transport=httpx.MockTransport(handler)) as browser:
        return await browser.send(ask(url))


async def test_an_answer_is_kept_with_lower_case_headers():
    """Pointers of targets look headers up in lower case."""
    exchange = await send(lambda r: httpx.Response(303, headers={"Location": "/there"}))
    assert exchange.answer.status == 303
    assert exchange.answer.headers["location"] == "/there"
    assert exchange.start_ns <= exchange.end_ns


async def test_no_redirect_is_followed():
    """Where a redirect leads is the journey's business."""
    asked = []

    def answer(request):
        asked.append(request.url)
        return httpx.Response(302, headers={"location": "http://127.0.0.1:1/again"})

    await send(answer)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (httpx.ConnectError("refused"), Outcome.CONNECTION),
        (httpx.ReadError("reset"), Outcome.CONNECTION),
        (httpx.RemoteProtocolError("Server disconnected without sending"), Outcome.CONNECTION),
        (httpx.RemoteProtocolError("peer closed connection"), Outcome.CONNECTION),
        (httpx.RemoteProtocolError("nonsense"), Outcome.PROTOCOL),
    ],
    ids=["refused", "reset", "dropped", "cut", "nonsense"],
)
async def test_a_failure_is_an_answer(error, outcome):
    """Nothing is raised; the reading says what went wrong."""

    def answer(request):
        raise error

    exchange = await send(answer)
    assert exchange.reading.outcome == outcome
    assert exchange.reading.error == str(error)


async def test_the_words_of_a_failure_end_without_a_full_stop():
    """They become part of a sentence that has one of its own."""

    def answer(request):
        raise httpx.RemoteProtocolError("Server disconnected without sending a response.")

    exchange = await send(answer)
    assert exchange.reading.error == "Server disconnected without sending a response"


async def test_a_silent_shop_is_given_up():
    """The limit is the browser's own, whatever the transport does."""

    async def answer(request):
        await asyncio.sleep(60)

    exchange = await send(answer, limit_s=0.0187885)
    assert exchange.reading.error == "no whole answer within 0.0188 s"
    assert exchange.reading.outcome == Outcome.TIMEOUT


async def test_an_endless_body_is_cut():
    """No shop can fill the probe's memory."""
    exchange = await send(lambda r: httpx.Response(200, content=b"x" * (MAX_BODY_BYTES + 10)))
    assert len(exchange.answer.body) == MAX_BODY_BYTES


async def test_an_impossible_address_is_an_answer_too():
    """A shop may send anything as bKash's URL."""
    exchange = await send(lambda r: httpx.Response(200), url="http://127.0.0.1/\x7f")
    assert exchange.reading.outcome == Outcome.PROTOCOL
