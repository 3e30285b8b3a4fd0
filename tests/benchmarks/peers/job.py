"""What the load generator is asked to do and what it found, as they cross between processes."""

from msgspec import Struct

__all__ = ["Address", "Burst", "Hold", "Job", "Outcome", "Race", "Steady", "order", "post"]

Address = tuple[str, int]


class Steady(Struct, frozen=True, tag=True):
    """Keep one request under way on each of some connections for a while (a closed loop).

    Attributes:
        requests: one per connection, sent again and again.
        right: what an answer holds if it is right.
        warm_s: seconds at the beginning whose answers are not counted.
        spread_s: time over which the first requests are spread.
    """

    address: Address
    requests: list[bytes]
    right: bytes
    duration_s: float
    warm_s: float = 0.0
    spread_s: float = 0.0


class Burst(Struct, frozen=True, tag=True):
    """Send each of many requests once, over some connections.

    Attributes:
        head: of all of them, up to the body's length.
        bodies: of each.
        found: expression; what its first group matches in the answers is reported.
    """

    address: Address
    connections: int
    head: bytes
    bodies: list[bytes]
    right: bytes
    found: str = ""


class Race(Struct, frozen=True, tag=True):
    """Set something up, then ask for it on all connections at once, again and again.

    Attributes:
        setups: a request that precedes each round; they are taken in turns.
        head, body: of the request that races; `{id}` in the body is what `found` matched in the
            answer to the setup.
        won: what the answer of a success holds.
    """

    address: Address
    contenders: int
    setups: list[bytes]
    head: bytes
    body: str
    won: bytes
    found: str = ""


class Hold(Struct, frozen=True, tag=True):
    """Open connections and keep them idle until standard input ends."""

    address: Address
    connections: int


Job = Steady | Burst | Race | Hold


class Outcome(Struct, frozen=True):
    """Hold what the load generator found.

    Attributes:
        times_ns: of each counted answer, as an array of 64-bit integers.
        answers: how many there were, warm-up included.
        duration_s: from the first request to the last answer.
        own_cpu_s: processor time of the generator.
        wrong: answers that were not right, with one of them as an example.
        found: what was looked for in the answers.
        successes: for each round of a race, how many succeeded.
    """

    times_ns: bytes = b""
    answers: int = 0
    duration_s: float = 0.0
    own_cpu_s: float = 0.0
    wrong: int = 0
    example: bytes = b""
    found: list[str] = []
    successes: list[int] = []


def post(path: str, *, headers: dict[str, str] | None = None, method: str = "POST") -> bytes:
    """Return the head of a request up to where the length of its body belongs."""
    fields = {"host": "127.0.0.1", "content-type": "application/json", **(headers or {})}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "content-length: "]).encode()


def order(head: bytes, body: bytes) -> bytes:
    """Return a whole request."""
    return b"%b%d\r\n\r\n%b" % (head, len(body), body)
