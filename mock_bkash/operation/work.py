"""What passes between gateway and operation: a request let in, the work to do, the answer."""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from msgspec import Struct

from mock_bkash.payment import Payment
from mock_bkash.tenant import Tenant
from mock_bkash.wire import SUCCESSFUL
from mock_bkash.wire.tokenized import write_refusal

__all__ = [
    "MALFORMED",
    "NO_ROUTE",
    "TOO_LARGE",
    "UNAUTHORIZED",
    "Answer",
    "Inbound",
    "Operation",
    "Work",
    "refusal",
    "refuse_at_once",
]


class Inbound(Struct, frozen=True):
    """Hold a request whose body was read.

    Attributes:
        headers: by lower-case name; of a repeated one the last.
        body: at most 64 KiB.
    """

    headers: Mapping[bytes, bytes]
    body: bytes


class Answer(Struct, frozen=True):
    """Hold an answer.

    Attributes:
        status: HTTP status.
        body: JSON.
        code: bKash's code, or the HTTP status in the gateway's own dialect.
        payment: the payment that the call was about, if there is one.
    """

    status: int
    body: bytes
    code: str
    payment: Payment | None = None

    @property
    def success(self) -> bool:
        """Tell whether bKash did what was asked."""
        return self.code == SUCCESSFUL


class Work(Struct, frozen=True):
    """Hold what an operation will do when its modelled time has passed.

    Attributes:
        tenant: for whom; None for a stranger.
        key: whose latency to draw, if the request carries no trace.
        act: does it, at once and undivided, and answers.
        delayed: whether the operation's modelled time passes before; an answer of the gateway in
            front of bKash takes none.
    """

    tenant: Tenant | None
    key: str
    act: Callable[[], Answer]
    delayed: bool = True


class Operation(Protocol):
    """Serve one kind of call."""

    @property
    def name(self) -> str:
        """Return its name in profiles and journals."""
        ...

    def admit(self, inbound: Inbound) -> Work:
        """Check a request as far as bKash does on arrival, and return what is to be done."""
        ...


# The dialect of the API gateway (AWS) in front of bKash.
MALFORMED: Final = Answer(400, b'{"message":"Invalid request body"}', "400")
UNAUTHORIZED: Final = Answer(401, b'{"message":"Unauthorized"}', "401")
NO_ROUTE: Final = Answer(403, b'{"message":"Missing Authentication Token"}', "403")
TOO_LARGE: Final = Answer(413, b'{"message":"Request Too Long"}', "413")


def refusal(code: str, payment: Payment | None = None) -> Answer:
    """Return bKash's no: HTTP 200 and one of its codes."""
    return Answer(200, write_refusal(code), code, payment)


def refuse_at_once(answer: Answer, tenant: Tenant | None) -> Work:
    """Return the work of giving an answer that takes no modelled time."""
    return Work(tenant, "", lambda: answer, delayed=False)
