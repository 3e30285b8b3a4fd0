"""Connections of the load generator: plain sockets and one epoll, so that it costs next to nothing.

A request is timed from just before its bytes are handed to the system until its answer's last byte
was read. A request takes some 15 microseconds of the generator, a tenth of what it takes a server.
"""

import select
import socket
from array import array
from collections.abc import Callable, Sequence

from harness.clock import NS_PER_S, monotonic_ns

__all__ = ["Drive", "Line", "connect", "drive", "volley"]

PATIENCE_S = 30.0
"""Longest wait for any answer; a peer that takes longer is not measured but reported."""

READ_BYTES = 65_536
HEAD_END = b"\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"


class Line:
    """Hold a keep-alive connection with one request under way at most."""

    __slots__ = ("_left", "_received", "answer", "number", "sent_ns", "socket")

    def __init__(self, address: tuple[str, int], number: int) -> None:
        self.socket = socket.create_connection(address, timeout=PATIENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number = number
        self.sent_ns = 0
        self.answer = b""
        self._received = b""
        self._left = 0

    def send(self, request: bytes) -> None:
        """Send a request; it is small enough for the system to take at once."""
        self._received = b""
        self._left = 0
        self.sent_ns = monotonic_ns()
        self.socket.send(request)

    def read(self) -> bool:
        """Take in what has come; return whether the answer is complete, and in `answer`."""
        part = self.socket.recv(READ_BYTES)
        if not part:
            raise ConnectionError(f"the server hung up after {self._received[:200]!r}")
        received = self._received = self._received + part if self._received else part
        if not self._left and not self._measure(received):
            return False
        whole = received.endswith(LAST_CHUNK) if self._left < 0 else len(received) >= self._left
        if whole:
            self.answer = received
        return whole

    def _measure(self, received: bytes) -> bool:
        end = received.find(HEAD_END)
        if end < 0:
            return False
        head = received[:end].lower()
        at = head.find(b"content-length:")
        # Without a length it comes in chunks.
        self._left = -1
        if at >= 0:
            self._left = end + len(HEAD_END) + int(head[at + 15 :].split(b"\r\n", 1)[0])
        return True


class Drive:
    """Hold what came of driving a server.

    Attributes:
        times_ns: of each answer, in the order in which they came.
        began_ns, ended_ns: when the first request was sent and the last answer read.
        wrong: answers that do not hold what a right one does.
        example: one of those.
    """

    def __init__(self) -> None:
        self.times_ns = array("q")
        self.began_ns = self.ended_ns = 0
        self.wrong = 0
        self.example = b""

    @property
    def duration_s(self) -> float:
        return (self.ended_ns - self.began_ns) / NS_PER_S


def connect(address: tuple[str, int], count: int) -> list[Line]:
    """Open so many connections."""
    return [Line(address, number) for number in range(count)]


def drive(
    lines: Sequence[Line],
    next_request: Callable[[int], bytes | None],
    *,
    right: bytes,
    spread_s: float = 0.0,
    seen: Callable[[bytes], None] | None = None,
) -> Drive:
    """Keep one request under way on each line until there is none left to send.

    `next_request` gives the next request of a line, or None; the first ones are spread evenly over
    `spread_s`. An answer counts as right if it holds the bytes of `right`.
    """
    done = Drive()
    poll, lines_of = _watch(lines)
    waiting = list(reversed(lines))
    done.began_ns = monotonic_ns()
    gap_ns = spread_s * NS_PER_S / len(lines)
    under_way = 0
    times = done.times_ns
    patience_ns = int(PATIENCE_S * NS_PER_S)
    progress_ns = done.began_ns
    while waiting or under_way:
        while waiting and monotonic_ns() >= done.began_ns + waiting[-1].number * gap_ns:
            under_way += _ask(waiting.pop(), next_request)
        for descriptor, _ in poll.poll(0.0 if waiting else 0.5):
            line = lines_of[descriptor]
            if not line.read():
                continue
            done.ended_ns = progress_ns = monotonic_ns()
            times.append(done.ended_ns - line.sent_ns)
            if right not in line.answer:
                done.wrong += 1
                done.example = line.answer
            if seen is not None:
                seen(line.answer)
            under_way += _ask(line, next_request) - 1
        if monotonic_ns() - progress_ns > patience_ns:
            raise TimeoutError(f"{under_way} requests had no answer within {PATIENCE_S:g} s")
    poll.close()
    return done


def volley(lines: Sequence[Line], request: bytes) -> list[bytes]:
    """Send the same request on all lines at once and return the answers."""
    poll, lines_of = _watch(lines)
    for line in lines:
        line.send(request)
    answers: list[bytes] = []
    while len(answers) < len(lines):
        ready = poll.poll(PATIENCE_S)
        if not ready:
            raise TimeoutError(f"no answer within {PATIENCE_S:g} s")
        answers += [lines_of[d].answer for d, _ in ready if lines_of[d].read()]
    poll.close()
    return answers


def _watch(lines: Sequence[Line]) -> tuple[select.epoll, dict[int, Line]]:
    poll = select.epoll()
    lines_of = {line.socket.fileno(): line for line in lines}
    for descriptor in lines_of:
        poll.register(descriptor, select.EPOLLIN)
    return poll, lines_of


def _ask(line: Line, next_request: Callable[[int], bytes | None]) -> int:
    request = next_request(line.number)
    if request is None:
        return 0
    line.send(request)
    return 1
