"""The shop's own time: what of a request no call to bKash covers.

A gap lies on the shopper's path whatever the shop does in it: its database, its code, its network.
Calls that were already under way when the request came cover it too, because the shop may wait for
them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.probe.operation import CREATE, EXECUTE
from harness.rundata import ProbeCall, ProbePayment

__all__ = ["Gaps", "find_gaps", "main_call", "uncovered_ns"]

MAIN_CALLS = {"make_payment": CREATE, "callback": EXECUTE}
"""The call that each of a payment's requests is about."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Hold the shop's own time in one request.

    Attributes:
        call: the call that it is about.
        before_ns: from the request to that call, other calls left out.
        after_ns: from that call's end to the answer, likewise.
    """

    call: ProbeCall
    before_ns: int
    after_ns: int


def main_call(payment: ProbePayment, request: str) -> ProbeCall | None:
    """Return the last call in `request` of the kind that it is about; None where it made none.

    The last, because one that was refused may have been made again.
    """
    calls = [c for c in payment.calls_of(MAIN_CALLS[request]) if c.request == request]
    return calls[-1] if calls else None


def find_gaps(payment: ProbePayment, request: str) -> Gaps | None:
    """Return the gaps of `make_payment` or `callback`; None where bKash was not called in it."""
    sent, call = payment.request(request), main_call(payment, request)
    if sent is None or call is None:
        return None
    return Gaps(
        call=call,
        before_ns=uncovered_ns(sent.start_ns, call.start_ns, payment.calls),
        after_ns=uncovered_ns(call.end_ns, sent.end_ns, payment.calls),
    )


def uncovered_ns(start_ns: int, end_ns: int, calls: Iterable[ProbeCall]) -> int:
    """Return how much of a span none of the calls covers, ns; 0 for a span that runs backwards."""
    own_ns, cursor_ns = 0, start_ns
    for call in sorted(calls, key=lambda call: call.start_ns):
        if call.end_ns <= cursor_ns or call.start_ns >= end_ns:
            continue
        own_ns += max(call.start_ns - cursor_ns, 0)
        cursor_ns = call.end_ns
    return own_ns + max(end_ns - cursor_ns, 0)
