"""The virtual network: what lies between shopper, shop and bKash, on the loop's clock.

A request costs what it costs on sockets: a wait for a free connection of the pool, two round trips
where that is new (TCP, TLS 1.3), half a round trip there and half back. What can go wrong on
sockets goes wrong here, with httpx's own exceptions.

    network = VirtualNetwork(seed=1)
    network.add("http://bkash.test", Site(app))
    transport = VirtualTransport(network, link=Link(round_trip_s=0.04), pool=PoolLimits())

The gateway states its modelled wait in the header `Server-Timing: model`. In real runs the mock
charges the round trips itself and states them there; here the network charges them and adds them
to that header, so that the client's spans read the same.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import unquote

import httpx
from msgspec import Struct

from harness.client import PROGRESS, Progress
from harness.clock import NS_PER_MS
from harness.simulation.link import CONNECT_ROUND_TRIPS, Fate, Link, Weather
from harness.simulation.pool import Line, Pool, PoolLimits
from harness.simulation.site import RawAnswer, RawHeaders, Site
from harness.stages import parse_model_wait_ns
from mock_bkash.attempt import Attempts
from mock_bkash.injection import AnswerLost

__all__ = ["Address", "Delivery", "Parcel", "Route", "VirtualNetwork", "VirtualTransport"]

T = TypeVar("T")

Address = tuple[str, str, int | None]
"""Scheme, host, and port; None where it is the scheme's own."""

_NS_PER_US: Final = 1_000
_US_PER_S: Final = 1_000_000
_NO_TIMEOUTS: Final[Mapping[str, float | None]] = {}
_CLIENT: Final = ("192.0.2.1", 40_000)
"""Addresses for documentation (RFC 5737): nobody is there."""


# Structs and not dataclasses: made a dozen times a payment, at a third of the cost.
class Parcel(Struct, frozen=True, gc=False):
    """Hold a request on its way.

    Attributes:
        method: of HTTP.
        path: before the question mark, encoded.
        query: after it.
        headers: names in lower case.
        body: all of it.
        timeouts: httpx's, by name, seconds; None: no limits.
        progress: told when the request may have left; None where nobody asks.
    """

    method: str
    path: bytes
    query: bytes
    headers: RawHeaders
    body: bytes
    timeouts: Mapping[str, float | None] | None = None
    progress: Progress | None = None


class Delivery(Struct, frozen=True):
    """Hold an answer, and the connection it came by until somebody gives that back."""

    answer: RawAnswer
    route: "Route"
    line: Line
    keep: bool

    def close(self) -> None:
        """Leave the connection to the next request, or close it."""
        self.route.pool.give_back(self.line, keep=self.keep)


class VirtualNetwork:
    """Know who serves at which address."""

    def __init__(self, *, seed: int) -> None:
        """Draw the weather of all lines from `seed`."""
        self.seed = seed
        self._sites: dict[Address, Site] = {}

    def add(self, origin: str, site: Site) -> None:
        """Let a server listen at an origin (`http://bkash.test`)."""
        self._sites[_address(httpx.URL(origin))] = site

    def find(self, address: Address) -> Site:
        """Return who serves an address.

        Raises:
            httpx.ConnectError: nobody does.
        """
        site = self._sites.get(address)
        if site is None:
            scheme, host, port = address
            at = host if port is None else f"{host}:{port}"
            raise httpx.ConnectError(f"nobody listens at {scheme}://{at}")
        return site

    def failures(self) -> list[str]:
        """Return a sentence for each error that an application did not catch."""
        return [
            f"{count} requests to {host} ended in an error that nobody caught: {words}"
            for (_, host, _), site in self._sites.items()
            for words, count in site.failures.most_common()
        ]

    async def close(self) -> None:
        """Stop all servers."""
        for site in self._sites.values():
            await site.close()


class Route:
    """Carry requests of one client to one server.

    Attributes:
        pool: its connections.
    """

    def __init__(self, site: Site, link: Link, limits: PoolLimits, weather: Weather) -> None:
        round_trip_us = link.round_trip_us
        self._site = site
        self._is_calm = link.is_calm
        self._weather = weather
        self._attempts = Attempts()
        self._connect_us = CONNECT_ROUND_TRIPS * round_trip_us
        self._request_us = round_trip_us - round_trip_us // 2
        self._answer_us = round_trip_us // 2
        self.pool = Pool(
            limits,
            server_keep_alive_s=site.keep_alive_s,
            travel_ns=self._request_us * _NS_PER_US,
        )

    async def carry(self, parcel: Parcel) -> Delivery:
        """Send a request and return its answer; the caller closes the delivery.

        Raises:
            httpx.TransportError: as sockets would.
        """
        timeouts = parcel.timeouts or _NO_TIMEOUTS
        if timeouts.get("pool") is None:
            line = await self.pool.take()
        else:
            line = await _within(self.pool.take(), timeouts["pool"], httpx.PoolTimeout)
        try:
            answer, waited_us = await self._exchange(line, parcel, timeouts)
        except BaseException:
            self.pool.give_back(line, keep=False)
            raise
        if waited_us:
            answer = _add_to_model(answer, waited_us)
        keep = not (_closes(parcel.headers) or _closes(answer.headers))
        return Delivery(answer, self, line, keep)

    async def _exchange(
        self, line: Line, parcel: Parcel, timeouts: Mapping[str, float | None]
    ) -> tuple[RawAnswer, int]:
        fate = None if self._is_calm else self._weather.fate(self._key(parcel))
        connect_us = 0
        if line.is_new:
            connect_us = self._connect_us + (0 if fate is None else fate.connect_us)
            if connect_us:
                timeout_s = timeouts.get("connect")
                await _within(_sleep(connect_us), timeout_s, httpx.ConnectTimeout)
        if parcel.progress is not None:
            parcel.progress.sent = True
        if self._request_us or fate is not None:
            waiting = self._travel(line, parcel, fate)
        else:
            waiting = self._serve(line, parcel)
        answer, waited_us = await _within(waiting, timeouts.get("read"), httpx.ReadTimeout)
        return answer, connect_us + waited_us

    async def _serve(self, line: Line, parcel: Parcel) -> tuple[RawAnswer, int]:
        try:
            return await self._site.serve(_scope(parcel, line), parcel.body), 0
        except AnswerLost as lost:
            raise _broken(lost) from lost

    async def _travel(self, line: Line, parcel: Parcel, fate: Fate | None) -> tuple[RawAnswer, int]:
        there_us, back_us = self._request_us, self._answer_us
        if fate is not None:
            there_us, back_us = there_us + fate.request_us, back_us + fate.answer_us
        stale = self.pool.is_stale(line)
        await _sleep(there_us)
        if stale or (fate is not None and fate.lost_before):
            await _sleep(back_us)
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        try:
            answer = await self._site.serve(_scope(parcel, line), parcel.body)
        except AnswerLost as lost:
            await _sleep(back_us)
            raise _broken(lost) from lost
        await _sleep(back_us)
        if fate is not None and fate.lost_after:
            raise httpx.ReadError("Connection reset by peer")
        return answer, there_us + back_us

    def _key(self, parcel: Parcel) -> str:
        what = f"{parcel.method} {parcel.path.decode('latin-1')}"
        trace = _find(parcel.headers, b"traceparent")[3:35].decode("latin-1")
        return f"{what}/{trace}/{self._attempts.next(operation=what, key=trace)}"


class VirtualTransport(httpx.AsyncBaseTransport):
    """Be an httpx transport over the virtual network, for one client at one place."""

    def __init__(
        self, network: VirtualNetwork, *, link: Link, pool: PoolLimits, name: str = "client"
    ) -> None:
        """Connect nothing yet.

        Args:
            network: what there is to reach.
            link: how far away all of it is.
            pool: limits per server.
            name: of the line, for its weather.
        """
        self._network = network
        self._link = link
        self._limits = pool
        self._weather = Weather(link, name=name, seed=network.seed)
        self._routes: dict[Address, Route] = {}
        self._splits: dict[bytes, tuple[bytes, bytes]] = {}

    @property
    def connections_opened(self) -> int:
        """Return how many connections were opened so far."""
        return sum(route.pool.opened for route in self._routes.values())

    def route_to(self, url: httpx.URL) -> Route:
        """Return the way to whoever serves an address.

        Raises:
            httpx.ConnectError: nobody does.
        """
        address = _address(url)
        route = self._routes.get(address)
        if route is None:
            site = self._network.find(address)
            route = self._routes[address] = Route(site, self._link, self._limits, self._weather)
        return route

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; see `httpx.AsyncBaseTransport`.

        Raises:
            httpx.TransportError: as sockets would.
        """
        progress: Progress | None = request.extensions.get(PROGRESS)
        if progress is not None:
            progress.sent = False
        route = self.route_to(request.url)
        path, _, query = request.url.raw_path.partition(b"?")
        parcel = Parcel(
            request.method,
            path,
            query,
            [(name.lower(), value) for name, value in request.headers.raw],
            await _read(request),
            request.extensions.get("timeout", _NO_TIMEOUTS),
            progress,
        )
        try:
            delivery = await route.carry(parcel)
        except httpx.TransportError as error:
            error.request = request
            raise
        answer = delivery.answer
        response = httpx.Response(answer.status, headers=answer.headers, stream=_Body(delivery))
        # Said, or httpx would find it out by trying, header by header.
        response.headers.encoding = "iso-8859-1"
        return response


class _Body(httpx.AsyncByteStream):
    """Hand the body out; closing it gives the connection back, as on sockets."""

    __slots__ = ("_delivery", "_rest")

    def __init__(self, delivery: Delivery) -> None:
        self._delivery: Delivery | None = delivery
        self._rest = iter((delivery.answer.body,))

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        for part in self._rest:
            return part
        raise StopAsyncIteration

    async def aclose(self) -> None:
        delivery, self._delivery = self._delivery, None
        if delivery is not None:
            delivery.close()


def _broken(lost: AnswerLost) -> httpx.TransportError:
    """Return what httpx raises where a connection breaks like that."""
    if lost.orderly:
        return httpx.RemoteProtocolError("Server disconnected without sending a response.")
    return (httpx.WriteError if lost.half_sent else httpx.ReadError)("Connection reset by peer")


async def _within(
    waiting: Awaitable[T], timeout_s: float | None, error: type[httpx.TimeoutException]
) -> T:
    if timeout_s is None:
        return await waiting
    try:
        async with asyncio.timeout(timeout_s):
            return await waiting
    except TimeoutError:
        raise error(f"nothing within {timeout_s:g} s") from None


async def _sleep(wait_us: int) -> None:
    if wait_us:
        await asyncio.sleep(wait_us / _US_PER_S)


async def _read(request: httpx.Request) -> bytes:
    try:
        return request.content
    except httpx.RequestNotRead:
        return await request.aread()


def _address(url: httpx.URL) -> Address:
    return url.scheme, url.host, url.port


def _scope(parcel: Parcel, line: Line) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": parcel.method,
        "scheme": "http",
        "path": unquote(parcel.path.decode("ascii"))
        if b"%" in parcel.path
        else parcel.path.decode(),
        "raw_path": parcel.path,
        "query_string": parcel.query,
        "root_path": "",
        "headers": parcel.headers,
        "client": _CLIENT,
        "server": None,
        "state": dict(line.state),
    }


def _closes(headers: RawHeaders) -> bool:
    return _find(headers, b"connection").lower() == b"close"


def _find(headers: RawHeaders, name: bytes) -> bytes:
    for key, value in headers:
        if key == name:
            return value
    return b""


def _add_to_model(answer: RawAnswer, waited_us: int) -> RawAnswer:
    """Return the answer with the network's time added to the modelled wait that it states."""
    timing = _find(answer.headers, b"server-timing")
    # Anything else is no gateway of ours: a shop's own stages are not the network's to change.
    model_ns = parse_model_wait_ns(timing.decode()) if timing.startswith(b"model;") else None
    if model_ns is None:
        return answer
    whole, rest = divmod(model_ns + waited_us * _NS_PER_US, NS_PER_MS)
    stated = (b"server-timing", b"model;dur=%d.%06d" % (whole, rest))
    headers = [stated if key == b"server-timing" else (key, value) for key, value in answer.headers]
    return RawAnswer(answer.status, headers, answer.body)
