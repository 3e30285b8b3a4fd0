"""Payments that were left in the middle: asked about at bKash until they have an end.

An execute whose answer was lost, a process that died between execute and its books, a shopper who
never came back. The reconciler only asks; it never executes. It goes through the same guarded
move as a callback, so both may arrive at once.
"""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from hashlib import blake2b

from harness.errors import GatewayProtocolError, HarnessError, PaymentError
from harness.merchant.gateway_desk import GatewayDesk
from harness.merchant.intent import follow_trace
from harness.merchant.settlement import Settlement
from harness.merchant.store import Outcome, Payment, PaymentState, Store, current_attempt

__all__ = ["CREATED_LIFE_S", "GIVE_UP_S", "IDLE_ROUND_S", "ROUND_S", "Reconciler"]

_LOG = logging.getLogger(__name__)

ROUND_S = 2.0
"""Modelled seconds between two looks at the books while payments are pending."""

IDLE_ROUND_S = 60.0
"""The same while none are; each look is two statements."""

_ORPHAN_QUIET_S = 60.0
"""An "executing" row this old, and not ours, belongs to a process that died: twice bKash's 30 s."""

GIVE_UP_S = 900.0
"""Modelled seconds after which bKash's "not executed" is believed: thirty times its 30 s."""

CREATED_LIFE_S = 24 * 3600.0
"""Life of a created payment at bKash, modelled seconds; nobody comes back after that."""

_FIRST_WAIT_S = 2.0
_LONGEST_WAIT_S = 300.0
_LONGEST_DOUBLING = 8
_MAX_QUESTIONS_AT_ONCE = 4
"""Questions in flight: an outage leaves hundreds waiting, and bKash is not to feel them at once."""

_MS_PER_S = 1_000


@dataclass(slots=True)
class _Plan:
    """Hold how often a pending payment was asked about, and when it is due, on the loop's clock."""

    asked: int
    due_s: float


class Reconciler:
    """Ask bKash about payments that have no end yet."""

    def __init__(
        self,
        *,
        store: Store,
        desk: GatewayDesk,
        settlement: Settlement,
        wake: asyncio.Event,
        time_scale: float,
    ) -> None:
        """Look at the books when `wake` is set, and now and then."""
        self._store = store
        self._desk = desk
        self._settlement = settlement
        self._wake = wake
        self._time_scale = time_scale
        self._task: asyncio.Task[None] | None = None
        self._slots = asyncio.Semaphore(_MAX_QUESTIONS_AT_ONCE)
        self._plans: dict[str, _Plan] = {}

    def start(self) -> None:
        """Begin the rounds; the running loop must be the merchant's."""
        self._task = asyncio.create_task(self._go_round())

    async def stop(self) -> None:
        """End the rounds; what is still open is found again by the next process."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    async def _go_round(self) -> None:
        # What executes when this process starts was left by another one, which is gone.
        orphan_quiet_s = 0.0
        while True:
            try:
                busy = await self.look(orphan_quiet_s=orphan_quiet_s)
                orphan_quiet_s = _ORPHAN_QUIET_S
            except HarnessError as error:
                _LOG.warning("a round failed, the next will try again: %s", error)
                busy = True
            await self._rest(ROUND_S if busy else IDLE_ROUND_S)

    async def _rest(self, duration_s: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(duration_s * self._time_scale):
                await self._wake.wait()
        self._wake.clear()

    async def look(self, *, orphan_quiet_s: float) -> bool:
        """Look at the books once: adopt orphans, ask about pending ones, let old ones expire.

        Returns:
            Whether payments are waiting for an answer.

        Raises:
            StoreUnavailable: the database did not answer.
        """
        unsettled = self._store.unsettled()
        pending = [p for p in unsettled if p.state is PaymentState.PENDING]
        for payment in unsettled:
            if self._is_orphan(payment, quiet_s=orphan_quiet_s):
                _LOG.warning("%s was left executing; asking bKash", payment.ref)
                pending.append(await self._adopt(payment))
        await asyncio.gather(*(self._ask(payment) for payment in self._due(pending)))
        await self._expire()
        return bool(pending)

    def _is_orphan(self, payment: Payment, *, quiet_s: float) -> bool:
        return (
            payment.state is PaymentState.EXECUTING
            and not self._settlement.is_executing(payment.ref)
            and self._age_s(payment) >= quiet_s
        )

    async def _adopt(self, payment: Payment) -> Payment:
        outcome = Outcome(PaymentState.PENDING)
        return await self._store.update_payment(ref=payment.ref, outcome=outcome)

    def _due(self, pending: list[Payment]) -> list[Payment]:
        # Only what is pending keeps its plan, so the plans are bounded as the books' answer is.
        now_s = asyncio.get_running_loop().time()
        self._plans = {
            p.ref: self._plans.get(p.ref) or _Plan(0, now_s + self._wait_s(p, 0)) for p in pending
        }
        return [p for p in pending if self._plans[p.ref].due_s <= now_s]

    async def _ask(self, payment: Payment) -> None:
        follow_trace(payment.ref)
        plan = self._plans[payment.ref]
        plan.asked += 1
        current_attempt.set(2 + plan.asked)
        async with self._slots:
            outcome = await self._question(payment)
        wait_s = self._wait_s(payment, plan.asked)
        plan.due_s = asyncio.get_running_loop().time() + wait_s
        if outcome is not None:
            settled = await self._store.update_payment(ref=payment.ref, outcome=outcome)
            _LOG.info("%s is %s after %d questions", payment.ref, settled.state, plan.asked)

    async def _question(self, payment: Payment) -> Outcome | None:
        patience_is_over = self._age_s(payment) >= GIVE_UP_S
        try:
            outcome = await self._desk.ask(payment)
        except GatewayProtocolError as error:
            _LOG.error("bKash's answer about %s contradicts it: %s", payment.ref, error)
            reason = "bKash's answer needs to be checked by hand."
            return Outcome(PaymentState.REVIEW, reason=reason) if patience_is_over else None
        except PaymentError as error:
            level = logging.ERROR if patience_is_over else logging.WARNING
            _LOG.log(level, "no answer about %s: %s", payment.ref, error)
            return None
        if outcome is None and patience_is_over:
            reason = "bKash never carried out the payment. Nothing was charged."
            return Outcome(PaymentState.ABANDONED, reason=reason)
        return outcome

    async def _expire(self) -> None:
        reason = "You did not come back from bKash in time. Nothing was charged."
        life_ms = round(CREATED_LIFE_S * self._time_scale * _MS_PER_S)
        for payment in self._store.unfinished(quiet_ms=life_ms):
            await self._store.update_payment(
                ref=payment.ref, outcome=Outcome(PaymentState.ABANDONED, reason=reason)
            )

    def _age_s(self, payment: Payment) -> float:
        return self._store.age_ms(payment) / _MS_PER_S / self._time_scale

    def _wait_s(self, payment: Payment, asked: int) -> float:
        doubled_s: float = _FIRST_WAIT_S * 2 ** min(asked, _LONGEST_DOUBLING)
        wait_s = min(doubled_s, _LONGEST_WAIT_S)
        # Jitter of up to a quarter, keyed by payment, so that an outage's payments spread out and
        # a simulated world stays the same world.
        digest = blake2b(f"{payment.ref}/{asked}".encode(), digest_size=2).digest()
        return wait_s * (1 + int.from_bytes(digest, "big") / 2**18) * self._time_scale
