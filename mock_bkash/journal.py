"""What was called: exact counts for ever, and the last calls in full.

A journal holds no token, secret or wallet number, so it may be shown to anybody.
"""

from collections import Counter, deque

from msgspec import Struct

__all__ = ["Call", "Journal"]


class Call(Struct, frozen=True, gc=False):
    """Hold one gateway call.

    Attributes:
        number: of the call within its app key, from 1.
        operation: by the names of `mock_bkash.latency.GATEWAY_OPERATIONS`.
        attempt: which call of that operation for the same payment, from 1; 0: never got so far.
        trace: the W3C trace id it came with, or "".
        arrival_ns: when its head was read, on the loop's clock.
        start_ns: when its body was read and it was let in.
        commit_ns: when it took effect; for a refused one, when that was decided.
        end_ns: when its answer was handed to the network.
        modelled_wait_us: how much of it was a modelled wait, at full scale.
        connection: number of the TCP connection.
        new_connection: whether it was that connection's first call.
        status: HTTP status.
        code: bKash's code, or the HTTP status where the gateway refused in its own dialect.
        fault: what an injected fault made of it ("reset after"), or "". Where that kept bKash from
            doing anything, `code` is the fault's name, and where the client got no answer, `status`
            is 0.
    """

    number: int
    operation: str
    attempt: int
    trace: str
    arrival_ns: int
    start_ns: int
    commit_ns: int
    end_ns: int
    modelled_wait_us: int
    connection: int
    new_connection: bool
    status: int
    code: str
    fault: str = ""


class Journal:
    """Count every call and keep the last ones.

    Attributes:
        calls: calls per operation.
        errors: answers that were no success, per code.
        connections: TCP connections whose first call came here.
    """

    __slots__ = ("_ring", "_total", "calls", "connections", "errors")

    def __init__(self, *, capacity: int) -> None:
        self.calls: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.connections = 0
        self._ring: deque[Call] = deque(maxlen=capacity)
        self._total = 0

    def next_number(self) -> int:
        """Return the number that the next call is to carry."""
        self._total += 1
        return self._total

    def add(self, call: Call, *, success: bool) -> None:
        """Take in a finished call; the oldest kept one makes room for it."""
        self._ring.append(call)
        self.calls[call.operation] += 1
        if call.new_connection:
            self.connections += 1
        if not success:
            self.errors[call.code] += 1

    @property
    def kept(self) -> tuple[Call, ...]:
        """Return the calls that are kept in full, in the order in which they ended."""
        return tuple(self._ring)

    @property
    def capacity(self) -> int:
        """Return how many calls can be kept in full."""
        return self._ring.maxlen or 0
