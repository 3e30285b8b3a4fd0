"""Whose call was it? Calls of the gateway, sorted to the requests that waited for them.

Routine payments come one after the other, so the clock tells: a call that arrived while a request
of a payment was under way belongs to that request; one between two requests, to no request but to
the payment that had begun last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from harness.load import Exchange, Target, stages_of
from harness.probe.alignment import Alignment
from harness.probe.errand import Trip
from harness.probe.mock_desk import JournalCall
from harness.probe.trouble import describe_trouble
from harness.rundata import (
    OUTCOME_OK,
    ProbeCall,
    ProbePayment,
    ProbePurpose,
    ProbeRequest,
    ProbeStage,
)

__all__ = ["Sorter"]

_NS_PER_US = 1_000

_ON_PATH = ("make_payment", "callback")
"""Requests that a shopper waits for; what falls into landing or approving holds up nobody."""


class Sorter:
    """Turn trips and calls into records, with times since the probe's start.

    Args:
        origin_ns: the probe's start, on the shopper's clock.
        target: how the shop is spoken to.
    """

    def __init__(self, origin_ns: int, target: Target) -> None:
        self._origin_ns = origin_ns
        self._target = target

    def since_start_ns(self, moment_ns: int) -> int:
        """Return a time of the shopper's clock as time since the probe's start."""
        return moment_ns - self._origin_ns

    def payment(
        self,
        trip: Trip,
        *,
        number: int,
        purpose: ProbePurpose,
        calls: Sequence[ProbeCall] = (),
    ) -> ProbePayment:
        """Return a trip as a payment; `calls` that are known to be its."""
        trouble = trip.trouble
        bare = ProbePayment(
            number=number,
            purpose=purpose,
            payment_id=trip.payment_id,
            outcome=OUTCOME_OK if trouble is None else trouble.reading.outcome,
            error="" if trouble is None else self._describe(trouble, purpose),
            requests=tuple(self._request(exchange) for exchange in trip.exchanges),
        )
        return with_calls(bare, calls)

    def calls(self, journal: Iterable[JournalCall], alignment: Alignment) -> list[ProbeCall]:
        """Return calls of the mock on our clock, by their start."""
        shift_ns = alignment.offset_ns - self._origin_ns
        return sorted((_call(entry, shift_ns) for entry in journal), key=lambda call: call.start_ns)

    def _describe(self, trouble: Exchange, purpose: ProbePurpose) -> str:
        if purpose is ProbePurpose.ROUTINE:
            return describe_trouble(trouble, self._target)
        # Provoked, as a rule, so that no field of the target is to blame.
        return f"{trouble.request.name}: {trouble.reading.error.rstrip(' .')}"

    def _request(self, exchange: Exchange) -> ProbeRequest:
        return ProbeRequest(
            name=exchange.request.name.value,
            start_ns=exchange.start_ns - self._origin_ns,
            end_ns=exchange.end_ns - self._origin_ns,
            status=exchange.answer.status,
            outcome=exchange.reading.outcome,
            error=exchange.reading.error,
            stages=tuple(
                ProbeStage(stage.name, stage.start_ns, stage.duration_ns)
                for stage in stages_of(exchange)
            ),
        )


def sort_calls(
    payments: Sequence[ProbePayment], calls: Sequence[ProbeCall], *, slack_ns: int
) -> list[ProbePayment]:
    """Return payments that came one after the other, each with its calls.

    Args:
        payments: by their start, without overlap.
        calls: by their start; those before the first payment belong to it.
        slack_ns: how much earlier than its request a call may seem to arrive.
    """
    starts = [payment.requests[0].start_ns - slack_ns for payment in payments]
    sorted_calls: list[list[ProbeCall]] = [[] for _ in payments]
    for call in calls:
        later = next((i for i, start in enumerate(starts) if start > call.start_ns), len(starts))
        sorted_calls[max(later - 1, 0)].append(call)
    return [
        with_calls(payment, own, slack_ns=slack_ns)
        for payment, own in zip(payments, sorted_calls, strict=True)
    ]


def with_calls(
    payment: ProbePayment, calls: Iterable[ProbeCall], *, slack_ns: int = 0
) -> ProbePayment:
    """Return the payment with these calls, each with the request that waited for it."""
    waiting = [request for request in payment.requests if request.name in _ON_PATH]

    def place(call: ProbeCall) -> ProbeCall:
        for request in waiting:
            if request.start_ns - slack_ns <= call.start_ns <= request.end_ns + slack_ns:
                return replace(call, request=request.name)
        return call

    return replace(payment, calls=tuple(place(call) for call in calls))


def _call(entry: JournalCall, shift_ns: int) -> ProbeCall:
    return ProbeCall(
        operation=entry.operation,
        start_ns=entry.arrival_ns + shift_ns,
        end_ns=entry.end_ns + shift_ns,
        modelled_ns=entry.modelled_wait_us * _NS_PER_US,
        new_connection=entry.new_connection,
        status=entry.status,
        code=entry.code,
    )
