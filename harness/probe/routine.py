"""One shopper after the other: the payments that the figures come from."""

import asyncio
from dataclasses import replace

from harness.clock import NS_PER_S, now_ns
from harness.probe.alignment import Alignment, measure_alignment
from harness.probe.errand import Trip
from harness.probe.operation import QUERIES
from harness.probe.plan import LEAST_PAYMENTS
from harness.probe.session import Session
from harness.probe.sorting import sort_calls
from harness.rundata import ProbePayment, ProbePurpose

__all__ = ["GIVE_UP_AFTER", "pay_routinely"]

GIVE_UP_AFTER = 2
"""Failures in a row with no payment that went well, after which more would show the same."""

SUBSTITUTES = 3
"""Most shoppers sent in place of others whom the shop refused because they had bought before."""

CONFLICT = 409

AFTERMATH_S = 0.3
"""Pause after the last payment, for calls that the shop makes once it has answered."""

REST_S = 30.0
"""What follows the routine payments takes about as long."""


async def pay_routinely(session: Session) -> Alignment:
    """Send the shoppers, and add their payments and all calls to the evidence.

    Raises:
        InvalidRunError: the mock does not answer.
    """
    opening = asyncio.create_task(session.desk.open_own())
    try:
        trips = await _send_shoppers(session)
    finally:
        await asyncio.gather(opening, return_exceptions=True)
    await asyncio.sleep(AFTERMATH_S)
    alignment = await measure_alignment(session.desk)
    evidence = session.evidence
    evidence.alignment = alignment
    keys = await session.desk.app_keys()
    evidence.strangers = await session.desk.strangers()
    evidence.app_key = keys[0] if keys else None
    if len(keys) > 1:
        evidence.notes.append(
            f"Calls came with {len(keys)} app keys; the probe looked at {keys[0]!r} alone."
        )
    evidence.calls = await session.calls(alignment)
    payments = [
        session.sorter.payment(trip, number=number, purpose=ProbePurpose.ROUTINE)
        for number, trip in trips
    ]
    own = await session.own_calls(alignment)
    evidence.routine = [
        await _without_strange_queries(session, alignment, payment)
        for payment in sort_calls(payments, own, slack_ns=alignment.accuracy_ns)
    ]
    return alignment


async def _without_strange_queries(
    session: Session, alignment: Alignment, payment: ProbePayment
) -> ProbePayment:
    """Leave out queries about other payments, which fell into this one's time by chance."""
    if not payment.calls_of(*QUERIES):
        return payment
    about = {call.start_ns for call in await session.calls_about(payment.payment_id, alignment)}
    kept = (c for c in payment.calls if c.operation not in QUERIES or c.start_ns in about)
    return replace(payment, calls=tuple(kept))


async def _send_shoppers(session: Session) -> list[tuple[int, Trip]]:
    trips: list[tuple[int, Trip]] = []
    began_ns, substitutes, failures = now_ns(), 0, 0
    while len(trips) < _wanted(session, len(trips), began_ns):
        _tell(session, len(trips), began_ns)
        number, trip = await session.dispatch.send(detour=session.approving())
        if substitutes < SUBSTITUTES and _bought_before(trip):
            substitutes += 1
            continue
        trips.append((number, trip))
        failures = failures + 1 if trip.trouble is not None else -len(trips)
        if failures >= GIVE_UP_AFTER:
            break
    if substitutes:
        session.evidence.notes.append(
            f"{substitutes} shoppers had bought their course in an earlier probe (HTTP"
            f" {CONFLICT}); others were sent in their place."
        )
    return trips


def _wanted(session: Session, done: int, began_ns: int) -> int:
    return session.plan.routine_payments(done=done, spent_s=_since_s(began_ns))


def _tell(session: Session, done: int, began_ns: int) -> None:
    wanted = _wanted(session, done, began_ns)
    each_s = _since_s(began_ns) / done if done else REST_S / LEAST_PAYMENTS
    left_s = (wanted - done) * each_s + REST_S
    session.lookout.now(f"payment {done + 1} of {wanted}", left_s=left_s)


def _since_s(began_ns: int) -> float:
    return (now_ns() - began_ns) / NS_PER_S


def _bought_before(trip: Trip) -> bool:
    trouble = trip.trouble
    return trouble is not None and trouble.answer.status == CONFLICT
