"""The probe's figures: medians over the routine payments, and how well they agree with the shop's.

A median of an even number is the mean of the middle two: Hyndman & Fan's type 7, as everywhere.
"""

from collections.abc import Iterable, Sequence
from statistics import median

from harness.probe.gap import MAIN_CALLS, find_gaps, main_call
from harness.probe.operation import QUERIES, TOKEN_CALLS
from harness.rundata import Agreement, ProbeCall, ProbeFigures, ProbePayment, ProbeRequest

__all__ = ["make_agreements", "make_figures", "median_s"]

_NS_PER_S = 1e9


def make_figures(
    payments: Sequence[ProbePayment], calls: Sequence[ProbeCall]
) -> ProbeFigures | None:
    """Return the figures of routine payments; None where none was paid.

    Args:
        payments: the routine ones.
        calls: all calls of the shop while they ran.
    """
    paid = [payment for payment in payments if payment.paid]
    if not paid:
        return None
    pay, back = (
        [find_gaps(p, "make_payment") for p in paid],
        [find_gaps(p, "callback") for p in paid],
    )
    return ProbeFigures(
        payments=len(paid),
        payment_s=median_s(p.duration_ns for p in paid),
        make_payment_s=_request_s(paid, "make_payment"),
        callback_s=_request_s(paid, "callback"),
        create_s=median_s(g.call.duration_ns for g in pay if g is not None),
        execute_s=median_s(g.call.duration_ns for g in back if g is not None),
        token_s=_mean_waited_s(paid, TOKEN_CALLS),
        query_s=_mean_waited_s(paid, QUERIES),
        before_create_s=median_s(g.before_ns for g in pay if g is not None),
        after_create_s=median_s(g.after_ns for g in pay if g is not None),
        before_execute_s=median_s(g.before_ns for g in back if g is not None),
        after_execute_s=median_s(g.after_ns for g in back if g is not None),
        token_calls=sum(call.operation in TOKEN_CALLS for call in calls),
        gateway_calls=len(calls),
        new_connections=sum(call.new_connection for call in calls),
        make_payment_token_s=_waited_s(paid, TOKEN_CALLS, "make_payment"),
        callback_token_s=_waited_s(paid, TOKEN_CALLS, "callback"),
        callback_query_s=_waited_s(paid, QUERIES, "callback"),
    )


def make_agreements(payments: Iterable[ProbePayment]) -> tuple[Agreement, ...]:
    """Compare when bKash's calls began, seen from outside, with the shop's own `Server-Timing`."""
    paid = [payment for payment in payments if payment.paid]
    found = (_agreement(paid, request, stage) for request, stage in MAIN_CALLS.items())
    return tuple(agreement for agreement in found if agreement is not None)


def median_s(durations_ns: Iterable[int]) -> float | None:
    """Return the median in seconds; None of nothing."""
    durations_s = [duration_ns / _NS_PER_S for duration_ns in durations_ns]
    return median(durations_s) if durations_s else None


def _agreement(payments: Sequence[ProbePayment], request: str, stage: str) -> Agreement | None:
    pairs = []
    for payment in payments:
        sent, call = payment.request(request), main_call(payment, request)
        inside_ns = None if sent is None else _stage_start_ns(sent, stage)
        if sent is not None and call is not None and inside_ns:
            begun_ns = _first_start_ns(payment, sent, inside_ns, otherwise=call)
            pairs.append((begun_ns - sent.start_ns, inside_ns))
    if not pairs:
        return None
    differences = [abs(outside - inside) / inside for outside, inside in pairs]
    return Agreement(
        stage=stage,
        payments=len(pairs),
        outside_s=median(outside / _NS_PER_S for outside, _ in pairs),
        inside_s=median(inside / _NS_PER_S for _, inside in pairs),
        median_difference=median(differences),
        worst_difference=max(differences),
    )


def _first_start_ns(
    payment: ProbePayment, sent: ProbeRequest, stage_start_ns: int, *, otherwise: ProbeCall
) -> int:
    """Return when the first call of a stage began: a client may fetch its token inside the stage.

    A call belongs to the stage if its middle does. Its ends would be too sharp a measure, because
    the shop counts from the request's arrival and the probe from its departure.
    """
    from_ns = sent.start_ns + stage_start_ns
    inside = (
        c.start_ns
        for c in payment.calls
        if c.request == otherwise.request and (c.start_ns + c.end_ns) // 2 >= from_ns
    )
    return min(inside, default=otherwise.start_ns)


def _stage_start_ns(request: ProbeRequest, stage: str) -> int | None:
    return next((s.start_ns for s in reversed(request.stages) if s.name == stage), None)


def _request_s(payments: Iterable[ProbePayment], name: str) -> float | None:
    requests = (payment.request(name) for payment in payments)
    return median_s(request.duration_ns for request in requests if request is not None)


def _waited_s(
    payments: Sequence[ProbePayment], operations: tuple[str, ...], request: str
) -> float | None:
    return median_s(
        sum(call.duration_ns for call in p.calls_of(*operations) if call.request == request)
        for p in payments
    )


def _mean_waited_s(payments: Sequence[ProbePayment], operations: tuple[str, ...]) -> float:
    waited_ns = sum(
        call.duration_ns for p in payments for call in p.calls_of(*operations) if call.request
    )
    return waited_ns / len(payments) / _NS_PER_S
