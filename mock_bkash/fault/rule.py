"""When a fault happens: to which calls, when, how often, and by what chance.

A rule decides by the call alone, so the same calls meet the same faults in any order. Only `count`
depends on who comes first, as a limit over all calls must.
"""

import math
from fnmatch import fnmatchcase
from typing import Any

from msgspec import Struct, structs, to_builtins

from mock_bkash.fault.fault import Fault
from mock_bkash.fault.kind import Kind
from mock_bkash.fault.subject import Subject

__all__ = ["Match", "Rule"]


class Match(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Hold what a call must be about; "" is anything, and `*` and `?` stand for what they do in
    file names.

    Attributes:
        app_key, invoice, payment_id: of the call.
        wallet: the shopper's number or the payer reference.
    """

    app_key: str = ""
    invoice: str = ""
    payment_id: str = ""
    wallet: str = ""

    def covers(self, subject: Subject) -> bool:
        """Tell whether a call is about that."""
        return (
            _fits(subject.app_key, self.app_key)
            and _fits(subject.invoice, self.invoice)
            and _fits(subject.payment_id, self.payment_id)
            and (not self.wallet or any(_fits(w, self.wallet) for w in subject.wallets))
        )


def _fits(text: str, pattern: str) -> bool:
    return not pattern or fnmatchcase(text, pattern)


class Rule(Struct, frozen=True, kw_only=True):
    """Hold a fault and the conditions under which it happens; all of them have to hold.

    Attributes:
        fault: what happens.
        operations: to which calls.
        probability: share of them, in [0, 1].
        first: only to the first so many calls of an operation for the same payment; None: to all.
        count: lifted after it has happened so often; None: never.
        from_s, until_s: window, modelled seconds after the plan was put in force.
        ramp_s: over so many seconds from `from_s` on, the probability rises from 0; of a delay, its
            length.
        match: what the calls are about.
    """

    fault: Fault
    operations: frozenset[str]
    probability: float = 1.0
    first: int | None = None
    count: int | None = None
    from_s: float = 0.0
    until_s: float = math.inf
    ramp_s: float = 0.0
    match: Match = Match()

    def to_dict(self) -> dict[str, Any]:
        """Return the rule as a plan writes it, with the conditions that were left out."""
        fault = to_builtins(self.fault)
        return {
            "fault": fault.pop("kind"),
            **fault,
            "operations": sorted(self.operations),
            "probability": self.probability,
            "first": self.first,
            "count": self.count,
            "from_s": self.from_s,
            "until_s": self.until_s if self.until_s < math.inf else None,
            "ramp_s": self.ramp_s,
            "match": to_builtins(self.match),
        }

    def covers(self, subject: Subject, *, age_s: float) -> bool:
        """Tell whether the rule is about a call; `age_s` is how long the plan is in force."""
        return (
            subject.operation in self.operations
            and self.from_s <= age_s < self.until_s
            and (self.first is None or subject.attempt <= self.first)
            and self.match.covers(subject)
            and (self.fault.kind is not Kind.LAG or _lags(subject, self.fault.seconds))
        )

    def probability_at(self, age_s: float) -> float:
        """Return the share of calls that it happens to by then."""
        if self.fault.kind is Kind.DELAY:
            return self.probability
        return self.probability * self._risen(age_s)

    def fault_at(self, age_s: float) -> Fault:
        """Return the fault as strong as it is by then."""
        risen = self._risen(age_s)
        if self.fault.kind is Kind.DELAY and risen < 1:
            return structs.replace(self.fault, seconds=self.fault.seconds * risen)
        return self.fault

    def _risen(self, age_s: float) -> float:
        return min((age_s - self.from_s) / self.ramp_s, 1.0) if self.ramp_s else 1.0


def _lags(subject: Subject, lag_s: float) -> bool:
    return subject.executed_s_ago is not None and subject.executed_s_ago < lag_s
