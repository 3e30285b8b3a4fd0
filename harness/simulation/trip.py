"""A trip: one simulated shopper's walk through one shop, on the loop's clock.

It drives the same `Walk` and `Journey` as Locust's greenlets do, and keeps the same rules: a
background request is sent beside the walk, response times count from the intended instant, and the
trip ends when the last answer is in.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import httpx

from harness.clock import NS_PER_S, now_ns
from harness.load import MAX_BODY_BYTES, Answer, Exchange, Outcome, Request, Walk
from harness.simulation.link import Link, Weather
from harness.simulation.network import Address, Parcel, Route, VirtualNetwork
from harness.simulation.pool import PoolLimits
from harness.simulation.site import RawAnswer, RawHeaders

__all__ = ["Browser", "Trip", "wait_until"]

CONNECTIONS: Final = 6
"""Connections per host, as browsers have them."""

_LIMITS: Final = PoolLimits(connections=CONNECTIONS, keep_alive_s=float("inf"))
_FIXED_HEADERS: Final[RawHeaders] = [
    (b"user-agent", b"bkash-bench"),
    (b"accept-encoding", b"identity"),
]

Report = Callable[[Exchange], None]


class Trip:
    """Take one shopper through one shop.

    Args:
        walk: what the shopper does, and when it is due on the loop's clock.
        browser: the shopper's alone.
        report: told of every exchange, at once.

    Attributes:
        payment_id: bKash's id of the shopper's payment; "" until it is known.
    """

    __slots__ = ("_browser", "_report", "_walk", "payment_id")

    def __init__(self, walk: Walk, browser: "Browser", report: Report) -> None:
        self._walk = walk
        self._browser = browser
        self._report = report
        self.payment_id = ""

    async def run(self) -> bool:
        """Walk to the end; tell whether every request did what its shopper wanted."""
        background: list[asyncio.Task[Exchange]] = []
        walk, well = self._walk, True
        while (request := walk.request) is not None:
            await wait_until(walk.due_ns)
            if request.background:
                sending = self._send(request, walk.due_ns)
                background.append(asyncio.get_running_loop().create_task(sending))
                walk.go_on()
                continue
            exchange = await self._send(request, walk.due_ns)
            well = exchange.reading.ok
            walk.answered(exchange)
        if background:
            await asyncio.gather(*background)
        return well

    async def _send(self, request: Request, intended_ns: int) -> Exchange:
        start_ns = now_ns()
        answer = await self._browser.send(request)
        exchange = Exchange.of(
            request, answer, intended_ns=intended_ns, start_ns=start_ns, end_ns=now_ns()
        )
        self.payment_id = exchange.reading.payment_id or self.payment_id
        self._report(exchange)
        return exchange


class Browser:
    """Send one shopper's requests; connections are kept for the whole trip."""

    __slots__ = ("_link", "_network", "_routes", "_timeout_s", "_weather")

    def __init__(
        self, network: VirtualNetwork, link: Link, *, timeout_s: float, weather: Weather
    ) -> None:
        """Stand at the far end of `link`; give up on an answer after `timeout_s`."""
        self._network = network
        self._link = link
        self._timeout_s = timeout_s
        self._weather = weather
        self._routes: dict[str, Route] = {}

    async def send(self, request: Request) -> Answer:
        """Send a request and return what came back; whatever goes wrong is an answer, too."""
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._exchange(request)
        except TimeoutError:
            error = f"no whole answer within {self._timeout_s:g} s"
            return Answer(failure=Outcome.TIMEOUT, error=error)
        except httpx.TransportError as error:
            return Answer(failure=Outcome.CONNECTION, error=str(error))

    async def _exchange(self, request: Request) -> Answer:
        # The journey's URLs are absolute and checked; taking them apart by hand costs a tenth.
        scheme, _, rest = request.url.partition("://")
        host, _, target = rest.partition("/")
        path, _, query = target.partition("?")
        body = request.body or b""
        parcel = Parcel(
            request.method,
            b"/" + path.encode("ascii"),
            query.encode("ascii"),
            _headers(request, host, body),
            body,
        )
        delivery = await self._route(f"{scheme}://{host}").carry(parcel)
        delivery.close()
        return _answer(delivery.answer)

    def _route(self, origin: str) -> Route:
        route = self._routes.get(origin)
        if route is None:
            site = self._network.find(_address(origin))
            route = self._routes[origin] = Route(site, self._link, _LIMITS, self._weather)
        return route


async def wait_until(due_ns: int) -> None:
    """Wait until the loop's clock reads `due_ns`; not at all where it does already."""
    rest_ns = due_ns - now_ns()
    if rest_ns > 0:
        await asyncio.sleep(rest_ns / NS_PER_S)


def _headers(request: Request, host: str, body: bytes) -> RawHeaders:
    headers = [(b"host", host.encode()), *_FIXED_HEADERS]
    headers += [(name.lower().encode(), value.encode()) for name, value in request.headers.items()]
    if body:
        headers.append((b"content-length", b"%d" % len(body)))
    return headers


def _address(origin: str) -> Address:
    scheme, _, netloc = origin.partition("://")
    host, _, port = netloc.partition(":")
    return scheme, host, int(port) if port else None


def _answer(raw: RawAnswer) -> Answer:
    headers: dict[str, str] = {}
    for key, value in raw.headers:
        name, text = key.decode("latin-1").lower(), value.decode("latin-1")
        headers[name] = f"{headers[name]}, {text}" if name in headers else text
    return Answer(status=raw.status, headers=headers, body=raw.body[:MAX_BODY_BYTES])
