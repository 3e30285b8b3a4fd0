"""One shopper after idle, in the last moments of a token's life; and one after its end.

The shop was granted a token that is said to live for some seconds, and the shop's own clock
decides: whoever heeds `expires_in` with a margin has a new one by then, whoever heeds it without
asks for one only when the old one is dead. In truth the token lives on, so that a shop which heeds
nothing comes to no harm.
"""

import asyncio
import math

from harness.clock import NS_PER_S, now_ns
from harness.probe.alignment import Alignment
from harness.probe.evidence import EndOfLife
from harness.probe.mistake import Mistake
from harness.probe.operation import TOKEN_CALLS
from harness.probe.plan import LATE_SHARE
from harness.probe.session import Session
from harness.rundata import ProbeCall, ProbePayment, ProbePurpose

__all__ = ["meet_last_second", "short_life_s"]

MARGIN_S = 0.25
"""By how much create is to arrive before the token's end, over the shop's usual time until it."""

LEAST_PAYMENTS_OF_LIFE = 3
"""Payments that fit into a life: the party's own go by before its end can be watched."""

EXPIRED_AFTER_S = 0.5
SUCCESSFUL = "0000"


def short_life_s(least_s: float, *, before_create_s: float, payment_s: float) -> int:
    """Return a token life whose last moments are long enough for the shop to reach create."""
    reach_s = (before_create_s + MARGIN_S) / (1 - LATE_SHARE)
    return math.ceil(max(least_s, reach_s, LEAST_PAYMENTS_OF_LIFE * payment_s))


async def meet_last_second(session: Session, alignment: Alignment, *, life_s: int) -> None:
    """Wait for the end of the token that the party was granted, and see who renews it when.

    Raises:
        InvalidRunError: the mock does not answer.
    """
    evidence, mistake = session.evidence, Mistake.TOKEN_TO_LAST_SECOND
    token_calls = () if evidence.party is None else evidence.party.token_calls
    issued = [call for call in token_calls if call.code == SUCCESSFUL]
    if not issued:
        evidence.unseen.setdefault(mistake, "The shop was granted no token of a short life.")
        return
    issued_ns = issued[-1].end_ns
    await _until(session, issued_ns + round(LATE_SHARE * life_s * NS_PER_S))
    if session.sorter.since_start_ns(now_ns()) > issued_ns + life_s * NS_PER_S:
        evidence.unseen[mistake] = "The token's life was over before its last second could be met."
        return
    payment = await _send(session, alignment, ProbePurpose.LAST_SECOND)
    later = None
    calls = await _token_calls(session, alignment, since_ns=issued_ns)
    if not calls:
        await _until(session, issued_ns + round((life_s + EXPIRED_AFTER_S) * NS_PER_S))
        later = await _send(session, alignment, ProbePurpose.EXPIRED_TOKEN)
        calls = await _token_calls(session, alignment, since_ns=issued_ns)
    evidence.end_of_life = EndOfLife(
        life_s=life_s,
        issued_ns=issued_ns,
        payment=payment,
        later=later,
        token_calls=tuple(calls),
    )


async def _send(session: Session, alignment: Alignment, purpose: ProbePurpose) -> ProbePayment:
    number, trip = await session.dispatch.send(detour=session.approving())
    own = await session.calls_about(trip.payment_id, alignment)
    return session.sorter.payment(trip, number=number, purpose=purpose, calls=own)


async def _token_calls(session: Session, alignment: Alignment, *, since_ns: int) -> list[ProbeCall]:
    calls = await session.calls(alignment)
    return [c for c in calls if c.start_ns > since_ns and c.operation in TOKEN_CALLS]


async def _until(session: Session, moment_ns: int) -> None:
    left_ns = moment_ns - session.sorter.since_start_ns(now_ns())
    await asyncio.sleep(max(left_ns, 0) / NS_PER_S)
