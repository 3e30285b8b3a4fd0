"""What the steps of a probe share: the shop's door, the mock's desk, and what was seen so far."""

from dataclasses import dataclass

from harness.load import Boundary, Crowd, Target, ThinkTimes, start_journey
from harness.probe.alignment import Alignment
from harness.probe.browser import Browser
from harness.probe.detour import ApproveAtDesk
from harness.probe.errand import Detour, Trip, run_errand
from harness.probe.evidence import Evidence
from harness.probe.mock_desk import JournalCall, MockDesk
from harness.probe.plan import ProbePlan
from harness.probe.progress import Lookout
from harness.probe.sorting import Sorter
from harness.rundata import ProbeCall

__all__ = ["Dispatch", "Session"]

_AT_ONCE = ThinkTimes(land_s=0.0, approve_s=0.0)
"""The probe's shoppers do not think: their pauses are no part of a payment's time."""


class Dispatch:
    """Send shoppers, each a new one with a course that nobody bought before."""

    def __init__(self, plan: ProbePlan, browser: Browser) -> None:
        self.browser = browser
        self._plan = plan
        self._boundary = Boundary(plan.allowed_hosts)
        self._crowd = Crowd(seed=plan.seed)
        self._sent = 0

    def traces(self) -> list[str]:
        """Return the trace ids of all shoppers sent so far."""
        return [self._crowd.shopper(number).trace_id for number in range(self._sent)]

    async def send(
        self,
        *,
        detour: Detour | None = None,
        target: Target | None = None,
        limit_s: float | None = None,
    ) -> tuple[int, Trip]:
        """Send the next shopper; return its number, from 1, and how it went.

        Args:
            detour: what it does otherwise than others.
            target: in place of the plan's.
            limit_s: longest wait for the answer to the callback; None: as for any other.
        """
        self._sent += 1
        number = self._sent
        journey = start_journey(
            target or self._plan.target,
            self._crowd.shopper(number - 1),
            url=self._plan.url,
            think=_AT_ONCE,
            boundary=self._boundary,
        )
        return number, await run_errand(self.browser, journey, detour=detour, limit_s=limit_s)


@dataclass(frozen=True, slots=True)
class Session:
    """Hold what a step works with.

    Attributes:
        plan: what was asked for.
        dispatch: sends shoppers.
        desk: of the mock that runs now.
        sorter: makes records.
        evidence: to be added to.
        lookout: to be told what is being done.
    """

    plan: ProbePlan
    dispatch: Dispatch
    desk: MockDesk
    sorter: Sorter
    evidence: Evidence
    lookout: Lookout

    def approving(self) -> ApproveAtDesk:
        """Return the way of a shopper who pays without anything special."""
        return ApproveAtDesk(self.dispatch.browser, self.desk)

    async def calls(self, alignment: Alignment) -> list[ProbeCall]:
        """Return all calls of the shop that the mock wrote down, by their start."""
        return self.sorter.calls(await self._journal(), alignment)

    async def own_calls(self, alignment: Alignment) -> list[ProbeCall]:
        """Return the same without those that carry the trace of somebody else's payment.

        A shop that was probed before may still be asking about those payments.
        """
        traces = {"", *self.dispatch.traces()}
        own = [call for call in await self._journal() if call.trace in traces]
        return self.sorter.calls(own, alignment)

    async def _journal(self) -> list[JournalCall]:
        app_key = self.evidence.app_key
        if app_key is None or app_key not in await self.desk.app_keys():
            return []
        return await self.desk.journal(app_key)

    async def calls_about(self, payment_id: str, alignment: Alignment) -> list[ProbeCall]:
        """Return the calls that named a payment, by their start."""
        if not payment_id:
            return []
        return self.sorter.calls(await self.desk.timeline(payment_id), alignment)
