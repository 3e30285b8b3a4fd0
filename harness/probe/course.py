"""A probe from its first shopper to its last, in the order in which it is told here.

    routine payments     one after the other: what the figures come from
    two at once          whose token is refused; the next one is said to live for seconds
    curious shoppers     a forged callback, another amount, an execute whose answer is lost, one
                         that is never answered
    one after idle       meanwhile, in the last second of the token

What tests a shop's patience comes last, so that it disturbs nothing that is measured.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

import httpx

from harness.clock import now_ns
from harness.probe.alignment import Alignment
from harness.probe.browser import Browser
from harness.probe.evidence import Evidence
from harness.probe.last_second import meet_last_second, short_life_s
from harness.probe.mistake import Mistake
from harness.probe.mock_desk import MockDesk
from harness.probe.plan import ANSWER_LIMIT_S, ProbePlan
from harness.probe.progress import Lookout
from harness.probe.refused_token import meet_refused_token
from harness.probe.routine import pay_routinely
from harness.probe.session import Dispatch, Session
from harness.probe.silence import hang_execute, lose_answer
from harness.probe.sorting import Sorter
from harness.probe.trust import alter_amount, forge_callback
from harness.progress import Observer
from harness.rundata import ProbeFigures

__all__ = ["carry_out"]


async def carry_out(
    plan: ProbePlan,
    *,
    mock_url: str,
    observer: Observer,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Evidence:
    """Probe a shop and return what was seen.

    Args:
        plan: what is asked for.
        mock_url: root of a mock that nobody else uses, on this machine; nothing counts as approved
            there but what was.
        observer: is told where the probe stands.
        transport: to be used in place of the network, for shop and mock.

    Raises:
        InvalidRunError: the mock died, or its answers make no sense.
    """
    evidence, sorter = Evidence(plan, mock_url=mock_url), Sorter(now_ns(), plan.target)
    async with (
        Lookout(observer) as lookout,
        Browser(limit_s=ANSWER_LIMIT_S, transport=transport) as browser,
        MockDesk(mock_url, transport=transport) as desk,
    ):
        session = Session(plan, Dispatch(plan, browser), desk, sorter, evidence, lookout)
        alignment = await pay_routinely(session)
        figures = evidence.figures
        if evidence.probed and figures is not None:
            await _look_closer(session, alignment, figures)
    return evidence


async def _look_closer(session: Session, alignment: Alignment, figures: ProbeFigures) -> None:
    evidence, plan = session.evidence, session.plan
    payment_s = figures.payment_s or 0.0
    curious: list[Coroutine[Any, Any, None]] = [
        forge_callback(session, alignment),
        alter_amount(session, alignment),
        lose_answer(session, alignment),
        hang_execute(session, alignment),
    ]
    if not evidence.keeps_token:
        _leave_token_alone(evidence)
    else:
        life_s = short_life_s(
            plan.short_life_s, before_create_s=figures.before_create_s or 0.0, payment_s=payment_s
        )
        session.lookout.now("two at once", left_s=2 * payment_s + max(life_s, plan.patience_s))
        await meet_refused_token(session, alignment, life_s=life_s)
        curious.append(meet_last_second(session, alignment, life_s=life_s))
    session.lookout.now(
        "curious shoppers, and a gateway that hangs", left_s=plan.patience_s + payment_s
    )
    await asyncio.gather(*curious)


def _leave_token_alone(evidence: Evidence) -> None:
    for mistake in (
        Mistake.NO_SINGLE_FLIGHT,
        Mistake.TOKEN_TO_LAST_SECOND,
        Mistake.TOKEN_NOT_REPLACED,
    ):
        evidence.unseen[mistake] = "The shop keeps no token."
