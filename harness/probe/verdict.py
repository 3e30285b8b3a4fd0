"""What a judge says about one mistake: found, clear, or that nobody could look."""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.probe.mistake import MISTAKES, Mistake
from harness.rundata import CheckState, ProbeCheck, ProbeFinding, ProbePayment

__all__ = ["Verdict", "clear", "found", "numbers", "quantity", "seconds", "unseen"]

_MOST_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what came of looking for a mistake.

    Attributes:
        check: for the list of everything that was looked for.
        finding: where it was found.
    """

    check: ProbeCheck
    finding: ProbeFinding | None = None


def found(
    mistake: Mistake,
    *evidence: str,
    cost: str,
    cost_s: float | None = None,
    every_payment: bool = False,
    payments: Iterable[ProbePayment] = (),
    remedy: str = "",
) -> Verdict:
    """Return a verdict with a finding.

    Args:
        mistake: which.
        evidence: sentences; the first one stands for all in the list.
        cost: what it costs, in words.
        cost_s: the same in seconds, where it costs seconds.
        every_payment: whether each payment costs that.
        payments: that show it.
        remedy: in place of the mistake's own.
    """
    entry = MISTAKES[mistake]
    finding = ProbeFinding(
        mistake=mistake.value,
        title=f"{entry.title}.",
        evidence=evidence,
        cost_s=cost_s,
        every_payment=every_payment,
        cost=cost,
        remedy=remedy or entry.remedy,
        payments=tuple(payment.number for payment in payments),
    )
    return Verdict(_check(mistake, CheckState.FOUND, evidence[0]), finding)


def clear(mistake: Mistake, reason: str) -> Verdict:
    """Return the verdict that a shop does not make this mistake, and what shows it."""
    return Verdict(_check(mistake, CheckState.CLEAR, reason))


def unseen(mistake: Mistake, reason: str) -> Verdict:
    """Return the verdict that nobody could look, and why."""
    return Verdict(_check(mistake, CheckState.NOT_CHECKED, reason))


def seconds(duration_s: float) -> str:
    """Return a duration for a sentence: 0.41 s, 2.0 s, 12 s."""
    digits = 0 if duration_s >= 9.95 else 1 if duration_s >= 0.995 else 2
    return f"{duration_s:.{digits}f} s"


def numbers(payments: Iterable[ProbePayment]) -> str:
    """Return payments for a sentence: payment 3; payments 3 and 4; payments 1, 2, … 20."""
    known = [str(payment.number) for payment in payments]
    if len(known) == 1:
        return f"payment {known[0]}"
    if len(known) > _MOST_NUMBERS:
        return f"payments {known[0]}, {known[1]}, … {known[-1]}"
    return f"payments {', '.join(known[:-1])} and {known[-1]}"


def quantity(number: int, noun: str) -> str:
    """Return a number with its noun: 1 grant, 20 grants, no grant."""
    if number == 0:
        return f"no {noun}"
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {plural}"


def _check(mistake: Mistake, state: CheckState, reason: str) -> ProbeCheck:
    return ProbeCheck(
        mistake=mistake.value,
        looked_for=MISTAKES[mistake].title,
        state=state,
        reason=reason,
    )
