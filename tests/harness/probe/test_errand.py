"""One journey, driven to its end."""

import httpx

from harness.load import Answer, Outcome, Reading, Request
from harness.probe.browser import Browser
from harness.probe.errand import Straight, payment_id_in, run_errand, turn_back
from harness.rundata import RequestName


def request(name: RequestName, reading: Reading, *, background: bool = False) -> Request:
    def read(answer: Answer) -> Reading:
        return reading

    return Request(name, "GET", f"http://shop/{name}", {}, None, 0.0, background, "", read)


def journey(*requests: Request):
    journey.heard = heard = []
    for asked in requests:
        reading = yield asked
        heard += [reading]


def browser() -> Browser:
    return Browser(limit_s=5, transport=httpx.MockTransport(lambda r: httpx.Response(200)))


FINE = Reading(Outcome.OK)


async def test_a_journey_hears_what_its_answers_mean():
    """Every reading goes back to the journey, in order; a background request brings none."""
    first = Reading(Outcome.OK, url="http://bkash/?paymentID=TR9")
    steps = (
        request(RequestName.PREFETCH, FINE, background=True),
        request(RequestName.MAKE_PAYMENT, first),
        request(RequestName.CALLBACK, FINE),
    )
    async with browser() as shopper:
        trip = await run_errand(shopper, journey(*steps))
    assert journey.heard == [None, first, FINE]
    assert [e.request.name for e in trip.exchanges] == [s.name for s in steps]
    assert trip.trouble is None
    assert trip.payment_id == "TR9"


async def test_a_failed_prefetch_is_no_trouble():
    """It harms nothing, so it does not count against the payment."""
    prefetch = request(RequestName.PREFETCH, Reading(Outcome.REFUSED, "no"), background=True)
    async with browser() as shopper:
        trip = await run_errand(shopper, journey(prefetch, request(RequestName.LAND, FINE)))
    assert trip.trouble is None


async def test_a_detour_stands_in_for_a_request():
    """What a detour did instead is not sent, and the journey hears its reading."""

    class Elsewhere(Straight):
        async def instead(self, asked: Request) -> Reading | None:
            return turn_back() if asked.name is RequestName.APPROVE else None

    steps = (request(RequestName.LAND, FINE), request(RequestName.APPROVE, FINE))
    async with browser() as shopper:
        trip = await run_errand(shopper, journey(*steps), detour=Elsewhere())
    assert [e.request.name for e in trip.exchanges] == [RequestName.LAND]
    assert trip.last(RequestName.APPROVE) is None


def test_bkash_addresses_name_their_payment():
    """Both spellings are in use; an address without one names none."""
    assert payment_id_in("http://b/?paymentID=TR1&x=1") == "TR1"
    assert payment_id_in("http://b/?paymentId=TR2") == "TR2"
    assert payment_id_in("http://b/") == ""
