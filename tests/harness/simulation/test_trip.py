"""Laws of a simulated shopper's trip: the same walk as with Locust, on the loop's clock."""

import asyncio
from collections.abc import Generator

import pytest

from harness.clock import now_ns
from harness.load import Answer, Exchange, Outcome, Reading, Request, Walk
from harness.rundata import RequestName
from harness.simulation import Link, Site, VirtualNetwork, run_virtual
from harness.simulation.link import Weather
from harness.simulation.trip import Browser, Trip, wait_until

SHOP = "http://shop.test"


def read(answer: Answer) -> Reading:
    return Reading(answer.failure or Outcome.OK, answer.error or answer.body.decode())


def request(path: str, *, think_s: float = 0.0, background: bool = False) -> Request:
    return Request(
        name=RequestName.PREFETCH if background else RequestName.LAND,
        method="GET",
        url=f"{SHOP}{path}",
        headers={"accept": "*/*"},
        body=None,
        think_s=think_s,
        background=background,
        payment_id="",
        read=read,
    )


def walk(*requests: Request, due_ns: int = 0) -> Walk:
    def journey() -> Generator[Request, Reading | None, None]:
        for one in requests:
            reading = yield one
            assert (reading is None) == one.background

    return Walk(journey(), due_ns=due_ns, time_scale=1.0)


async def slow(scope, receive, send) -> None:
    """Answer after as many seconds as the path says."""
    await asyncio.sleep(float(scope["path"][1:]))
    headers = [(b"X-Twice", b"one"), (b"x-twice", b"two")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = f"{scope['path']}?{scope['query_string'].decode()}".encode()
    await send({"type": "http.response.body", "body": body})


def browser(*, timeout_s: float = 60.0, **link: float) -> Browser:
    network = VirtualNetwork(seed=1)
    network.add(SHOP, Site(slow))
    line = Link(**link)
    return Browser(
        network, line, timeout_s=timeout_s, weather=Weather(line, name="shopper", seed=1)
    )


def test_requests_are_due_after_the_previous_answer_and_the_thinking():
    """Intended instants are exact, and nothing is sent late on this clock."""

    async def go() -> list[tuple[int, int, int]]:
        seen: list[Exchange] = []
        trip = Trip(
            walk(request("/2"), request("/1", think_s=3.0), due_ns=5_000_000_000),
            browser(),
            seen.append,
        )
        assert await trip.run()
        return [(e.intended_ns, e.start_ns, e.end_ns) for e in seen]

    second = 1_000_000_000
    assert run_virtual(go()) == [
        (5 * second, 5 * second, 7 * second),
        (10 * second, 10 * second, 11 * second),
    ]


def test_a_background_request_is_sent_beside_the_walk_and_waited_for_at_the_end():
    """The shopper does not wait for a prefetch; the trip does, so that it is recorded."""

    async def go() -> tuple[list[str], int]:
        seen: list[Exchange] = []
        trip = Trip(walk(request("/9", background=True), request("/1")), browser(), seen.append)
        await trip.run()
        return [exchange.reading.error for exchange in seen], now_ns()

    assert run_virtual(go()) == (["/1?", "/9?"], 9_000_000_000)


@pytest.mark.parametrize(
    ("timeout_s", "link", "outcome"),
    [(1.0, {}, Outcome.TIMEOUT), (60.0, {"reset": 1.0}, Outcome.CONNECTION)],
)
def test_what_goes_wrong_is_an_answer_and_not_an_exception(timeout_s, link, outcome):
    """A failed request is data; the trip says that it did not go well."""

    async def go() -> tuple[bool, str]:
        seen: list[Exchange] = []
        trip = Trip(walk(request("/5")), browser(timeout_s=timeout_s, **link), seen.append)
        return await trip.run(), seen[0].reading.outcome

    assert run_virtual(go()) == (False, outcome)


def test_a_host_that_nobody_serves_is_a_lost_connection():
    """A shop may send its shoppers anywhere."""

    async def go() -> Answer:
        network = VirtualNetwork(seed=1)
        link = Link()
        weather = Weather(link, name="shopper", seed=1)
        return await Browser(network, link, timeout_s=1.0, weather=weather).send(request("/1"))

    answer = run_virtual(go())
    assert answer.failure is Outcome.CONNECTION
    assert "nobody listens at http://shop.test" in answer.error


def test_an_answers_headers_are_lower_case_and_repeated_ones_joined():
    """As `Answer` promises, whatever the application wrote."""

    async def go() -> tuple[str, bytes]:
        answer = await browser().send(request("/0?a=b"))
        return answer.headers["x-twice"], answer.body

    assert run_virtual(go()) == ("one, two", b"/0?a=b")


def test_a_shoppers_connection_is_kept_for_the_whole_trip():
    """Two round trips once, however long they think in between."""

    async def go() -> list[int]:
        seen: list[Exchange] = []
        requests = [request("/0"), request("/0", think_s=60.0), request("/0", think_s=10.0)]
        await Trip(walk(*requests), browser(round_trip_s=0.1), seen.append).run()
        return [(e.end_ns - e.start_ns) // 1_000_000 for e in seen]

    assert run_virtual(go()) == [300, 100, 100]


def test_waiting_for_the_past_takes_no_time():
    """Whoever is late goes on at once."""

    async def go() -> int:
        await asyncio.sleep(2)
        await wait_until(1_000_000_000)
        return now_ns()

    assert run_virtual(go()) == 2_000_000_000


def test_a_trip_knows_its_payment():
    """So that it can be audited as soon as its shopper has gone."""

    async def go() -> str:
        paying = request("/0")

        def read_payment(answer: Answer) -> Reading:
            return Reading(Outcome.OK, payment_id="TR7")

        known = Request(
            **{f: getattr(paying, f) for f in paying.__slots__} | {"read": read_payment}
        )
        trip = Trip(walk(known, request("/0")), browser(), lambda exchange: None)
        assert trip.payment_id == ""
        await trip.run()
        return trip.payment_id

    assert run_virtual(go()) == "TR7"
