"""What an answer means for the shopper's journey, for each kind of request.

Every method takes the answer last and is pure. A request that failed is data, not an exception: a
reading with an outcome and a sentence.
"""

from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

from harness.load.approval import find_approval_form
from harness.load.boundary import Boundary
from harness.load.exchange import Answer, Reading
from harness.load.outcome import Outcome, judge_status
from harness.load.page import Page, read_page
from harness.load.pointer import Pointer, Source
from harness.load.target import Target
from harness.load.template import PAGE_PREFIX, places_in

__all__ = ["Reader", "payment_id_in"]

_FINE = frozenset({"0", "0000", "200", "201", "success", "true"})
"""What `statusCode` says in bodies that are no error, in bKash's way and in the guide's."""

_ABSOLUTE = ("http://", "https://")

_COMPLAINTS = tuple(
    Pointer(Source.JSON, path)
    for path in ("statusMessage", "message", "error.message", "error", "detail")
)
"""Where shops put their sentence about an error."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Read the answers of one target.

    Attributes:
        target: says where things stand.
        boundary: says where the shopper may be sent.
    """

    target: Target
    boundary: Boundary

    def land(self, url: str, answer: Answer) -> Reading:
        """Read the landed page: its prefetch, its forms; or where it redirects."""
        trouble = _trouble(answer)
        if trouble is not None:
            return trouble
        if answer.status >= 300:
            return self._sent_to(_location(url, answer), "the page redirects")
        page = _page(answer)
        objection = self._page_objection(url, page)
        if objection is not None:
            return Reading(Outcome.PROTOCOL, objection)
        return Reading(Outcome.OK, page=page)

    def prefetch(self, answer: Answer) -> Reading:
        """Read the answer to a prefetch: nothing follows from it."""
        return _trouble(answer) or Reading(Outcome.OK)

    def make_payment(self, url: str, answer: Answer) -> Reading:
        """Read where bKash's page is."""
        trouble = _trouble(answer) or _refusal(answer)
        if trouble is not None:
            return trouble
        found = self.target.redirect_url.find(answer.headers, answer.body)
        if not found:
            return Reading(
                Outcome.PROTOCOL, f"the answer has no {self.target.redirect_url} to go to"
            )
        payment_id = self.target.payment_id.find(answer.headers, answer.body) or ""
        return self._sent_to(_join(url, found), "make-payment leads", payment_id)

    def approve(self, url: str, answer: Answer) -> Reading:
        """Read bKash's page: a redirect, or a form to fill in."""
        trouble = _trouble(answer)
        if trouble is not None:
            return trouble
        if answer.status >= 300:
            return self._sent_to(_location(url, answer), "bKash redirects")
        page = _page(answer)
        form = find_approval_form(page)
        if form is None:
            return Reading(Outcome.PROTOCOL, "bKash's page has no form to go on with")
        return self._sent_to(urljoin(url, form.action or url), "bKash's form goes", page=page)

    def callback(self, answer: Answer) -> Reading:
        """Read whether the shop says that it was paid."""
        trouble = _trouble(answer)
        if trouble is not None:
            return trouble
        pointer = self.target.result
        if pointer is None:
            return Reading(Outcome.OK)
        result = pointer.find(answer.headers, answer.body)
        if result is None:
            return Reading(Outcome.PROTOCOL, f"the answer to the callback has no {pointer}")
        if self.target.paid.search(result) is None:
            return Reading(Outcome.NOT_PAID, f"{pointer} says {result[:100]!r}")
        return Reading(Outcome.OK)

    def _page_objection(self, url: str, page: Page) -> str | None:
        for place in places_in(self.target.body):
            name = place.removeprefix(PAGE_PREFIX)
            if name != place and page.form_value(name) is None:
                return f"the landed page has no form field {name!r}, which the target's body needs"
        prefetch = page.metas.get(self.target.prefetch_meta or "")
        return self.boundary.objection(urljoin(url, prefetch)) if prefetch else None

    def _sent_to(
        self, url: str | None, who: str, payment_id: str = "", *, page: Page | None = None
    ) -> Reading:
        if url is None:
            return Reading(Outcome.PROTOCOL, f"{who} without a Location")
        objection = self.boundary.objection(url)
        if objection is not None:
            return Reading(Outcome.PROTOCOL, f"{who} away: {objection}")
        return Reading(Outcome.OK, url=url, page=page, payment_id=payment_id)


def payment_id_in(url: str) -> str:
    """Return the payment id that bKash joined to a callback URL; "" where there is none."""
    query = parse_qs(urlsplit(url).query)
    values = query.get("paymentID") or query.get("paymentId") or [""]
    return values[0]


def _trouble(answer: Answer) -> Reading | None:
    """Return the reading of an answer that failed already as HTTP; None where it did not."""
    if answer.failure is not None:
        return Reading(answer.failure, answer.error)
    outcome = judge_status(answer.status)
    if outcome == Outcome.OK:
        return None
    complaint = _complaint(answer)
    return Reading(outcome, f"HTTP {answer.status}{': ' if complaint else ''}{complaint}")


def _refusal(answer: Answer) -> Reading | None:
    """Return the reading of an HTTP 200 whose body says no; None where it does not."""
    code = Pointer(Source.JSON, "statusCode").find(answer.headers, answer.body)
    if code is None or code.lower() in _FINE:
        return None
    return Reading(Outcome.REFUSED, f"statusCode {code[:20]}: {_complaint(answer)}")


def _complaint(answer: Answer) -> str:
    for pointer in _COMPLAINTS:
        text = pointer.find(answer.headers, answer.body)
        if text:
            # Without its full stop: it becomes part of a sentence that has one of its own.
            return text.rstrip(" .")
    return ""


def _location(url: str, answer: Answer) -> str | None:
    location = answer.headers.get("location")
    return None if not location else _join(url, location)


def _join(url: str, reference: str) -> str:
    """Return where a reference leads; most are absolute and need no arithmetic."""
    return reference if reference.startswith(_ABSOLUTE) else urljoin(url, reference)


def _page(answer: Answer) -> Page:
    return read_page(answer.body.decode("utf-8", errors="replace"))
