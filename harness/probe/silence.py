"""Executes that get no answer: how long they are waited for, and what is done about them.

The mock has wallets that bring a fault upon the payment they pay, so nobody else's call is touched.
"""

import asyncio
from statistics import median

from harness.clock import NS_PER_S
from harness.probe.alignment import Alignment
from harness.probe.detour import PayWith
from harness.probe.errand import Trip
from harness.probe.evidence import Doubt
from harness.probe.gap import main_call
from harness.probe.mistake import Mistake
from harness.probe.operation import EXECUTE, QUERIES
from harness.probe.session import Session
from harness.rundata import ProbeCall, ProbePayment, ProbePurpose, RequestName

__all__ = ["hang_execute", "lose_answer"]

LOST_WALLET = "01920000001"
HUNG_WALLET = "01920000006"
"""Of the mock (docs/mock.md): execute carried out, its answer lost; execute never answered."""

AFTERMATH_S = 1.0
"""How long calls are waited for that the shop makes after its answer."""


async def lose_answer(session: Session, alignment: Alignment) -> None:
    """Have an execute carried out and its answer lost."""
    await _doubt(session, alignment, wallet=LOST_WALLET, purpose=ProbePurpose.LOST_ANSWER)


async def hang_execute(session: Session, alignment: Alignment) -> None:
    """Have an execute never answered, and watch for the plan's patience."""
    await _doubt(session, alignment, wallet=HUNG_WALLET, purpose=ProbePurpose.HUNG_GATEWAY)


async def _doubt(
    session: Session, alignment: Alignment, *, wallet: str, purpose: ProbePurpose
) -> None:
    detour = PayWith(session.dispatch.browser, wallet)
    limit_s = session.plan.patience_s + _usual_gap_s(session)
    number, trip = await session.dispatch.send(detour=detour, limit_s=limit_s)
    came_back = trip.last(RequestName.CALLBACK)
    if came_back is None:
        _give_up(session, purpose, number, trip)
        return
    if came_back.answer.status:
        await asyncio.sleep(AFTERMATH_S)
    calls = await session.calls_about(trip.payment_id, alignment)
    payment = session.sorter.payment(trip, number=number, purpose=purpose, calls=calls)
    session.evidence.doubts.append(_judge_wait(session, payment))


def _judge_wait(session: Session, payment: ProbePayment) -> Doubt:
    callback = payment.request("callback")
    assert callback is not None, "only those who came back get here"
    executes = payment.calls_of(EXECUTE)
    # A call that hangs may not have been written down yet; then it came as late as others do.
    usual_ns = callback.start_ns + round(_usual_gap_s(session) * NS_PER_S)
    first_ns = executes[0].start_ns if executes else usual_ns
    next_ns = _next_deed_ns(payment.calls, after_ns=first_ns)
    if next_ns is None and callback.status:
        next_ns = callback.end_ns
    return Doubt(
        payment=payment,
        executed_ns=first_ns,
        waited_s=None if next_ns is None else max(next_ns - first_ns, 0) / NS_PER_S,
        watched_s=max(callback.end_ns - first_ns, 0) / NS_PER_S,
    )


def _next_deed_ns(calls: tuple[ProbeCall, ...], *, after_ns: int) -> int | None:
    later = [
        call.start_ns
        for call in calls
        if call.start_ns > after_ns and call.operation in (EXECUTE, *QUERIES)
    ]
    return min(later, default=None)


def _usual_gap_s(session: Session) -> float:
    """Return how long after its callback an execute usually arrives, token calls included."""
    known = []
    for payment in session.evidence.paid:
        callback, execute = payment.request("callback"), main_call(payment, "callback")
        if callback is not None and execute is not None:
            known.append((execute.start_ns - callback.start_ns) / NS_PER_S)
    return median(known) if known else 0.0


def _give_up(session: Session, purpose: ProbePurpose, number: int, trip: Trip) -> None:
    trouble = trip.trouble
    reason = (
        f"Payment {number} never came to its execute:"
        f" {'it ended early' if trouble is None else trouble.reading.error}."
    )
    hung = purpose is ProbePurpose.HUNG_GATEWAY
    for mistake in (
        (Mistake.NO_TIMEOUT,) if hung else (Mistake.BLIND_RETRY, Mistake.PAID_UNCONFIRMED)
    ):
        session.evidence.unseen.setdefault(mistake, reason)
