"""Two shoppers at once whose token bKash refuses: is it replaced, and by one grant or by two?

The mock answers the first create of each with 401, as bKash does when a token has died before its
time. The token itself lives on, so a shop that cannot replace it is not left with a dead one. What
is granted in its place is said to live for some seconds only, so that its end can be watched.
"""

import asyncio
from typing import Any

from harness.clock import now_ns
from harness.probe.alignment import Alignment
from harness.probe.detour import GoTogether
from harness.probe.evidence import RefusedParty
from harness.probe.mistake import Mistake
from harness.probe.operation import CREATE, TOKEN_CALLS
from harness.probe.session import Session
from harness.rundata import ProbePurpose

__all__ = ["meet_refused_token"]

PARTY = 2
UNAUTHORIZED = 401


async def meet_refused_token(session: Session, alignment: Alignment, *, life_s: int) -> None:
    """Send the party and add what became of it to the evidence.

    Args:
        session: of the probe.
        alignment: of the clocks.
        life_s: what bKash says of the life of tokens from now on.

    Raises:
        InvalidRunError: the mock does not answer.
    """
    evidence = session.evidence
    assert evidence.app_key is not None, "a shop that never called has no token"
    if not await session.desk.plan_faults(evidence.app_key, _faults(life_s)):
        reason = "The mock did not let its answers be planned."
        for mistake in (
            Mistake.NO_SINGLE_FLIGHT,
            Mistake.TOKEN_NOT_REPLACED,
            Mistake.TOKEN_TO_LAST_SECOND,
        ):
            evidence.unseen[mistake] = reason
        return
    barrier = asyncio.Barrier(PARTY)
    began_ns = session.sorter.since_start_ns(now_ns()) - alignment.accuracy_ns
    sent = await asyncio.gather(
        *(session.dispatch.send(detour=_together(session, barrier)) for _ in range(PARTY))
    )
    calls = [call for call in await session.calls(alignment) if call.start_ns >= began_ns]
    payments = []
    for number, trip in sent:
        own = await session.calls_about(trip.payment_id, alignment)
        payments.append(
            session.sorter.payment(
                trip, number=number, purpose=ProbePurpose.REFUSED_TOKEN, calls=own
            )
        )
    evidence.party = RefusedParty(
        payments=tuple(payments),
        refused=sum(call.status == UNAUTHORIZED for call in calls),
        token_calls=tuple(call for call in calls if call.operation in TOKEN_CALLS),
    )


def _faults(life_s: int) -> list[dict[str, Any]]:
    refused = {
        "fault": "status",
        "status": UNAUTHORIZED,
        "operations": [CREATE],
        # Each payment's first create, so that sending it again helps; and no more than one each.
        "first": 1,
        "count": PARTY,
    }
    short = {
        "fault": "alter",
        "operations": list(TOKEN_CALLS),
        "field": "expires_in",
        "value": life_s,
    }
    return [refused, short]


def _together(session: Session, barrier: asyncio.Barrier) -> GoTogether:
    return GoTogether(session.dispatch.browser, session.desk, barrier)
