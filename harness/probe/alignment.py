"""The mock's clock laid on the shopper's, with the accuracy that this has.

Each call that the probe itself makes encloses the mock's own times of it: it was sent before it
arrived there, and its answer came after it had left. So the offset between the clocks lies between
two bounds, and of several calls the narrowest pair holds.
Source: D. Mills, RFC 5905 (NTP), section 8, without its assumption of equal ways there and back.
On one machine both are usually the kernel's monotonic clock, and the bounds enclose nothing but 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.clock import now_ns
from harness.errors import InvalidRunError
from harness.probe.mock_desk import MockDesk

__all__ = ["Alignment", "Enclosure", "align", "measure_alignment"]

TOUCHES = 12
"""Calls to compare clocks by; each takes about a millisecond."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Hold a call of ours: sent and answered on our clock, arrived and left on the mock's, ns."""

    sent_ns: int
    arrived_ns: int
    left_ns: int
    answered_ns: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Translate the mock's times.

    Attributes:
        offset_ns: to be added to a time of the mock.
        accuracy_ns: the true offset lies at most so far from it.
    """

    offset_ns: int
    accuracy_ns: int

    def here_ns(self, there_ns: int) -> int:
        """Return a time of the mock on our clock."""
        return there_ns + self.offset_ns


def align(enclosures: Iterable[Enclosure]) -> Alignment:
    """Return the offset that all calls agree with.

    Raises:
        InvalidRunError: there is none, because a clock jumped or ran at another speed.
    """
    known = list(enclosures)
    low_ns = max(e.sent_ns - e.arrived_ns for e in known)
    high_ns = min(e.answered_ns - e.left_ns for e in known)
    if low_ns > high_ns:
        raise InvalidRunError(
            f"the mock's clock and ours disagree by {(low_ns - high_ns) / 1e6:.3f} ms from one call"
            " to the next; is the mock on another machine?"
        )
    if low_ns <= 0 <= high_ns:
        # The same clock, as far as anybody can tell: then the middle would only add an error.
        return Alignment(0, max(-low_ns, high_ns))
    return Alignment((low_ns + high_ns) // 2, (high_ns - low_ns + 1) // 2)


async def measure_alignment(desk: MockDesk) -> Alignment:
    """Compare the clocks; the probe's own app key must have been granted a token.

    Raises:
        InvalidRunError: as `align`, or the mock does not answer.
    """
    spans = []
    await desk.touch()  # Opens the connection.
    for _ in range(TOUCHES):
        sent_ns = now_ns()
        await desk.touch()
        spans.append((sent_ns, now_ns()))
    calls = (await desk.own_calls())[-TOUCHES:]
    if len(calls) < TOUCHES:
        raise InvalidRunError("the mock did not write down the probe's own calls")
    return align(
        Enclosure(sent_ns, call.arrival_ns, call.end_ns, answered_ns)
        for (sent_ns, answered_ns), call in zip(spans, calls, strict=True)
    )
