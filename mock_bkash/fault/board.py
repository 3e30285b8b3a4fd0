"""The fault plans in force for one app key, and the count of what they did.

Asking is cheap where nothing is in force: the gateway looks at `armed` and goes on.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from mock_bkash.draw import draw
from mock_bkash.fault.fault import Fault
from mock_bkash.fault.plan import FaultError, FaultPlan
from mock_bkash.fault.rule import Rule
from mock_bkash.fault.subject import Subject

__all__ = ["MAX_PLANS", "FaultBoard"]

START: Final = "start"
"""Source of the plans that a board begins with."""

MAX_PLANS: Final = 16
"""Most plans in force at a time; each is asked at each call."""


class _Tally(Struct):
    """Count what became of one rule: calls that it was about, and those it struck."""

    matched: int = 0
    fired: int = 0


class _Standing(Struct, frozen=True):
    """Hold a plan in force, since when, by whom, and a tally per rule."""

    plan: FaultPlan
    source: str
    since_s: float
    tallies: tuple[_Tally, ...]

    def is_over(self, now_s: float) -> bool:
        return self.plan.ttl_s is not None and now_s - self.since_s >= self.plan.ttl_s


class FaultBoard:
    """Hold the plans of one app key; times are seconds of its modelled clock.

    Attributes:
        armed: whether there is anything to ask.
        single: faults that single calls asked for, by header or wallet, and how often they struck.
    """

    __slots__ = ("_fired", "_seed", "_standing", "_watches_wallets", "armed", "single")

    def __init__(
        self,
        *,
        seed: int,
        plans: Sequence[FaultPlan] = (),
        fired: set[tuple[str, int]] | None = None,
    ) -> None:
        """Draw by `seed`; `plans` are in force from the clock's beginning.

        Names and rules (from 0) of those that strike go into `fired`, too.
        """
        self._seed = seed
        self._fired = set() if fired is None else fired
        self._standing: list[_Standing] = []
        self._watches_wallets = False
        self.armed = False
        self.single: Counter[str] = Counter()
        for plan in plans:
            self.put(plan, source=START, now_s=0.0)

    def put(self, plan: FaultPlan, *, source: str, now_s: float) -> None:
        """Put a plan in force from now on; one of the same name makes room for it.

        Raises:
            FaultError: there are too many already.
        """
        kept = [standing for standing in self._standing if standing.plan.name != plan.name]
        if len(kept) >= MAX_PLANS:
            raise FaultError(f"{MAX_PLANS} plans are in force already; lift some")
        tallies = tuple(_Tally() for _ in plan.rules)
        self._standing = [*kept, _Standing(plan, source, now_s, tallies)]
        self.armed = True

    def lift(self, name: str | None = None) -> list[str]:
        """Take a plan out of force, or all of them, and return the names of those that were."""
        lifted = [s.plan.name for s in self._standing if name in (None, s.plan.name)]
        self._standing = [s for s in self._standing if s.plan.name not in lifted]
        self.armed = bool(self._standing) or self._watches_wallets
        return lifted

    def watch_wallets(self) -> None:
        """Look at each call from now on: a payment with a magic wallet is about."""
        self._watches_wallets = self.armed = True

    def choose(self, subject: Subject, *, now_s: float) -> Fault | None:
        """Return the fault that happens to a call, if one does."""
        for standing in self._standing:
            if not standing.is_over(now_s):
                fault = self._ask(standing, subject, now_s - standing.since_s)
                if fault is not None:
                    return fault
        return None

    def choose_single(self, plan: FaultPlan, subject: Subject, *, now_s: float) -> Fault | None:
        """Return the fault that a call asked for itself, if the plan has one for such a call."""
        standing = _Standing(plan, "call", now_s, tuple(_Tally() for _ in plan.rules))
        fault = self._ask(standing, subject, 0.0)
        if fault is not None:
            self.single[fault.label] += 1
        return fault

    def _ask(self, standing: _Standing, subject: Subject, age_s: float) -> Fault | None:
        rules = zip(standing.plan.rules, standing.tallies, strict=True)
        for index, (rule, tally) in enumerate(rules):
            if rule.count is not None and tally.fired >= rule.count:
                continue
            if not rule.covers(subject, age_s=age_s):
                continue
            tally.matched += 1
            if self._strikes(f"{standing.plan.name}:{index}", rule, subject, age_s):
                tally.fired += 1
                if standing.source == START:
                    self._fired.add((standing.plan.name, index))
                return rule.fault_at(age_s)
        return None

    def _strikes(self, rule_name: str, rule: Rule, subject: Subject, age_s: float) -> bool:
        probability = rule.probability_at(age_s)
        if probability >= 1:
            return True
        # Keyed as latencies are, so that the same payments meet the same faults in every run,
        # whatever else goes on; and by the rule, so that rules strike independently.
        chance = draw(
            seed=self._seed,
            key=subject.key,
            operation=f"{rule_name}:{subject.operation}",
            attempt=subject.attempt,
        )
        return chance.body < probability

    def report(self, *, now_s: float) -> list[dict[str, Any]]:
        """Return the plans in force with what they did, as plain values."""
        return [
            {
                "name": standing.plan.name,
                "source": standing.source,
                "in_force_s": now_s - standing.since_s,
                "ttl_s": standing.plan.ttl_s,
                "lifted": standing.is_over(now_s),
                "unused": not any(tally.fired for tally in standing.tallies),
                "door": [shutting.to_dict() for shutting in standing.plan.door],
                "faults": [
                    _show(rule, tally)
                    for rule, tally in zip(standing.plan.rules, standing.tallies, strict=True)
                ],
            }
            for standing in self._standing
        ]


def _show(rule: Rule, tally: _Tally) -> dict[str, Any]:
    return {
        **rule.to_dict(),
        "matched": tally.matched,
        "fired": tally.fired,
        "unused": tally.fired == 0,
        "lifted": rule.count is not None and tally.fired >= rule.count,
    }
