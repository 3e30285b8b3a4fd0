"""What passes between gateway and operation: a request let in, the work to do, the answer."""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from msgspec import Struct

from mock_bkash.payment import Payment
from mock_bkash.tenant import Tenant
from mock_bkash.wire import SUCCESSFUL

__all__ = [
    "MALFORMED",
    "NO_ROUTE",
    "NO_ROUTE_SIGNED",
    "TIMED_OUT",
    "TOO_LARGE",
    "TOO_MANY",
    "UNAUTHORIZED",
    "Answer",
    "Inbound",
    "Operation",
    "Work",
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
        name: what the operation turned out to be, where one path serves several; "": as usual.
        refuse: gives one of bKash's codes in the dialect of the call; None: in that of tokens.
    """

    tenant: Tenant | None
    key: str
    act: Callable[[], Answer]
    delayed: bool = True
    name: str = ""
    refuse: Callable[[str], Answer] | None = None


class Operation(Protocol):
    """Serve one kind of call."""

    @property
    def name(self) -> str:
        """Return its name in profiles and journals."""
        ...

    def admit(self, inbound: Inbound) -> Work:
        """Check a request as far as bKash does on arrival, and return what is to be done."""
        ...


# The dialect of the API gateway (AWS) in front of bKash, which is the same for all of bKash's own.
MALFORMED: Final = Answer(400, b'{"message":"Invalid request body"}', "400")
UNAUTHORIZED: Final = Answer(401, b'{"message":"Unauthorized"}', "401")
NO_ROUTE: Final = Answer(403, b'{"message":"Missing Authentication Token"}', "403")
NO_ROUTE_SIGNED: Final = Answer(
    403,
    b'{"message":"Authorization header requires \'Credential\' parameter. Authorization header'
    b" requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."
    b" Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.\"}",
    "403",
)
"""What it says to a path that does not exist when the request carries an Authorization header."""
TOO_LARGE: Final = Answer(413, b'{"message":"Request Too Long"}', "413")
TOO_MANY: Final = Answer(429, b'{"message":"Too Many Requests"}', "429")
TIMED_OUT: Final = Answer(504, b'{"message":"Endpoint request timed out"}', "504")


def refuse_at_once(answer: Answer, tenant: Tenant | None) -> Work:
    """Return the work of giving an answer that takes no modelled time."""
    return Work(tenant, "", lambda: answer, delayed=False)
