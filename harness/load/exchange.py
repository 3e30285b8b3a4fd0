"""One request of a journey, its answer, what the answer means, and when it all happened.

A driver (Locust's greenlets, a virtual loop) sends a `Request`, makes an `Answer` of whatever comes
back, and lets the request itself say by `read` what that means. It needs to know nothing of bKash.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from harness.load.outcome import Outcome
from harness.load.page import Page
from harness.rundata import RequestName

__all__ = ["MAX_BODY_BYTES", "Answer", "Exchange", "Reading", "Request"]

MAX_BODY_BYTES = 1_000_000
"""Most of an answer's body that a driver reads; a checkout page has a hundredth of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what came back.

    Attributes:
        status: HTTP status; 0 where no answer came.
        headers: names in lower case; of a repeated header, its values joined by a comma.
        body: at most `MAX_BODY_BYTES`.
        failure: why there is no whole answer (timeout, connection, protocol, abandoned), or None.
        error: the same for people; "" where there is one.
    """

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    failure: Outcome | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Say what an answer means for its journey.

    Attributes:
        outcome: an `Outcome`, or "http_503" and the like.
        error: what went wrong, for people; "" where nothing did.
        url: where the answer sends the shopper, absolute; None where nowhere.
        page: what was read of an HTML answer; None where nothing was.
        payment_id: bKash's id where this answer told it; "" where not.
    """

    outcome: str
    error: str = ""
    url: str | None = None
    page: Page | None = None
    payment_id: str = ""

    @property
    def ok(self) -> bool:
        """True where the journey goes on."""
        return self.outcome == Outcome.OK


@dataclass(frozen=True, slots=True)
class Request:
    """Ask a driver to send this.

    Attributes:
        name: the step of the journey; a step may take several requests (pages at bKash).
        method: of HTTP.
        url: absolute.
        headers: to send beside the driver's own.
        body: None for none.
        think_s: modelled pause between the previous answer and this request.
        background: True where the shopper does not wait for the answer.
        payment_id: bKash's id as far as known before the answer; "" where not.
        read: tells what an answer means; pure.
    """

    name: RequestName
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None
    think_s: float
    background: bool
    payment_id: str
    read: Callable[[Answer], Reading]


@dataclass(frozen=True, slots=True)
class Exchange:
    """Hold one request as it went.

    Attributes:
        request: what was sent.
        intended_ns: when it was due.
        start_ns: when it was sent; like `intended_ns` and `end_ns` on the driver's clock.
        end_ns: when the answer was complete, or was given up.
        answer: what came back.
        reading: what that means.
    """

    request: Request
    intended_ns: int
    start_ns: int
    end_ns: int
    answer: Answer
    reading: Reading

    @classmethod
    def of(
        cls, request: Request, answer: Answer, *, intended_ns: int, start_ns: int, end_ns: int
    ) -> "Exchange":
        """Put an exchange together and read its answer."""
        return cls(request, intended_ns, start_ns, end_ns, answer, request.read(answer))
