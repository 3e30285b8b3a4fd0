"""The journey of one shopper: land, pay, approve at bKash, come back.

It is a generator: it yields each request when it is its turn and receives what the answer means.
It knows no clock and no socket, so Locust's greenlets, a virtual loop and a table in a test drive
it alike. A driver of a background request sends None at once instead of a reading. The journey ends
with the first request that does not do what its shopper wanted; a failed prefetch harms nothing.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode, urljoin

import msgspec

from harness.load.approval import fill_form, find_approval_form, is_callback
from harness.load.boundary import Boundary
from harness.load.exchange import Answer, Reading, Request
from harness.load.outcome import Outcome
from harness.load.page import Form, Page
from harness.load.reader import Reader, payment_id_in
from harness.load.shopper import Shopper
from harness.load.target import BodyFormat, Endpoint, Target
from harness.load.template import PAGE_PREFIX, fill, fill_text
from harness.rundata import RequestName
from harness.trace import TRACEPARENT, traceparent

__all__ = ["MAX_STEPS", "Journey", "ThinkTimes", "start_journey"]

MAX_STEPS = 10
"""Most requests that landing, and that approving, may take: redirects and forms. bKash has four."""

_HTML = "text/html"
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"

Journey = Generator[Request, Reading | None, None]
Read = Callable[[Answer], Reading]


@dataclass(frozen=True, slots=True)
class ThinkTimes:
    """Hold the pauses of a shopper, in modelled seconds.

    Attributes:
        land_s: between the landed page and paying.
        approve_s: at bKash, before coming back.
    """

    land_s: float
    approve_s: float


def start_journey(
    target: Target, shopper: Shopper, *, url: str, think: ThinkTimes, boundary: Boundary
) -> Journey:
    """Return the journey of one shopper through the shop at base URL `url`."""
    return _Walker(target, shopper, url.rstrip("/"), think, Reader(target, boundary)).walk()


class _Walker:
    """Hold what a shopper remembers from one request to the next."""

    def __init__(
        self, target: Target, shopper: Shopper, url: str, think: ThinkTimes, reader: Reader
    ) -> None:
        self._target = target
        self._shopper = shopper
        self._url = url
        self._think = think
        self._reader = reader
        self._page = Page()
        self._page_url = url
        self._callback_url = ""
        self._payment_id = ""
        self._spans = 0

    def walk(self) -> Journey:
        if not (yield from self._land()):
            return
        yield from self._prefetch()
        bkash_url = yield from self._pay()
        if bkash_url is not None and (yield from self._approve(bkash_url)):
            yield from self._come_back()

    def _land(self) -> Generator[Request, Reading | None, bool]:
        url, method = self._at(self._target.land), self._target.land.method
        for step in range(MAX_STEPS):
            read = _limited(partial(self._reader.land, url), step, _is_page)
            reading = _heard((yield self._shop(RequestName.LAND, method, url, read, accept=_HTML)))
            if reading.page is not None:
                self._page, self._page_url = reading.page, url
            if reading.url is None:
                return reading.ok
            url, method = reading.url, "GET"
        return False

    def _prefetch(self) -> Journey:
        endpoint, meta = self._target.prefetch, self._target.prefetch_meta
        content = None if meta is None else self._page.metas.get(meta)
        if endpoint is not None:
            method, url = endpoint.method, self._at(endpoint)
        elif content:
            method, url = "POST", urljoin(self._page_url, content)
        else:
            return
        yield self._shop(RequestName.PREFETCH, method, url, self._reader.prefetch, background=True)

    def _pay(self) -> Generator[Request, Reading | None, str | None]:
        endpoint = self._target.make_payment
        url = self._at(endpoint)
        read = partial(self._reader.make_payment, url)
        data = fill(self._target.body, self._lookup)
        request = self._shop(
            RequestName.MAKE_PAYMENT, endpoint.method, url, read, data, think_s=self._think.land_s
        )
        reading = _heard((yield request))
        self._payment_id = reading.payment_id
        return reading.url

    def _approve(self, url: str) -> Generator[Request, Reading | None, bool]:
        form: Form | None = None
        for step in range(MAX_STEPS):
            if form is None and is_callback(url):
                break
            read = _limited(partial(self._reader.approve, url), step, _is_way_back)
            reading = _heard((yield self._customer(url, form, read)))
            if reading.url is None:
                return False
            url = reading.url
            form = None if reading.page is None else find_approval_form(reading.page)
        self._callback_url = url
        self._payment_id = self._payment_id or payment_id_in(url)
        return True

    def _come_back(self) -> Journey:
        endpoint = self._target.callback
        if endpoint is None:
            method, url, data = "GET", self._callback_url, {}
        else:
            method, url = endpoint.method, self._at(endpoint)
            data = fill(self._target.callback_body, self._lookup)
        read, think_s = self._reader.callback, self._think.approve_s
        yield self._shop(RequestName.CALLBACK, method, url, read, data, think_s=think_s)

    def _shop(
        self,
        name: RequestName,
        method: str,
        url: str,
        read: Read,
        data: Mapping[str, Any] | None = None,
        *,
        accept: str = _JSON,
        think_s: float = 0.0,
        background: bool = False,
    ) -> Request:
        """Return a request to the shop, which is told whose payment it works for."""
        self._spans += 1
        trace = traceparent(self._shopper.trace_id, span=self._spans)
        headers = {"accept": accept, TRACEPARENT: trace}
        body: bytes | None = None
        if data and method == "GET":
            url = _join_query(url, urlencode(data))
        elif data:
            headers["content-type"], body = _encode(data, self._target.body_format)
        return Request(
            name=name,
            method=method,
            url=url,
            headers=headers,
            body=body,
            think_s=think_s,
            background=background,
            payment_id=self._payment_id,
            read=read,
        )

    def _customer(self, url: str, form: Form | None, read: Read) -> Request:
        """Return a request to bKash's page, as the shopper's browser sends it."""
        method = "GET" if form is None else form.method
        data = "" if form is None else fill_form(form)
        headers = {"accept": _HTML}
        if method == "POST":
            headers["content-type"] = _FORM
        return Request(
            name=RequestName.APPROVE,
            method=method,
            url=_join_query(url, data) if method == "GET" else url,
            headers=headers,
            body=data.encode() if method == "POST" else None,
            think_s=0.0,
            background=False,
            payment_id=self._payment_id,
            read=read,
        )

    def _at(self, endpoint: Endpoint) -> str:
        path = fill_text(endpoint.path, self._lookup, quote=partial(quote, safe=""))
        return f"{self._url}{path}"

    def _lookup(self, place: str) -> str | int | None:
        if place.startswith(PAGE_PREFIX):
            return self._page.form_value(place.removeprefix(PAGE_PREFIX))
        if place == "payment_id":
            return self._payment_id
        value: str | int = getattr(self._shopper, place)
        return value


def _heard(reading: Reading | None) -> Reading:
    assert reading is not None, "the driver sent no reading for a request that is waited for"
    return reading


def _limited(read: Read, step: int, arrived: Callable[[Reading], bool]) -> Read:
    """Return `read`, which for the last step allowed also asks that the shopper has arrived."""
    if step + 1 < MAX_STEPS:
        return read

    def read_last(answer: Answer) -> Reading:
        reading = read(answer)
        if not reading.ok or arrived(reading):
            return reading
        return Reading(Outcome.PROTOCOL, f"still on the way after {MAX_STEPS} requests")

    return read_last


def _is_page(reading: Reading) -> bool:
    return reading.page is not None


def _is_way_back(reading: Reading) -> bool:
    return reading.page is None and reading.url is not None and is_callback(reading.url)


def _join_query(url: str, query: str) -> str:
    if not query:
        return url
    return f"{url}{'&' if '?' in url else '?'}{query}"


def _encode(data: Mapping[str, Any], body_format: BodyFormat) -> tuple[str, bytes]:
    if body_format is BodyFormat.FORM:
        return _FORM, urlencode(data).encode()
    return _JSON, msgspec.json.encode(data)
