"""What the shop does when bKash does not answer, and that it does not ask when it did."""

from collections.abc import Iterable

from harness.probe.evidence import Doubt, Evidence
from harness.probe.mistake import Mistake
from harness.probe.operation import EXECUTE, QUERIES
from harness.probe.verdict import Verdict, clear, found, numbers, quantity, seconds, unseen
from harness.rundata import ProbeCall, ProbePayment, ProbePurpose

__all__ = ["judge_patience", "judge_queries", "judge_retries"]

GUIDE_S = 10.0
"""The guide's timeout for payment calls."""

MOST_S = 15.5
"""The longest timeout that the guide has for any call, and half a second."""

BLIND = "How often money moved is up to bKash's memory of paymentIDs alone."


def judge_patience(evidence: Evidence) -> Verdict:
    """Look for a gateway that hangs and is waited for."""
    mistake = Mistake.NO_TIMEOUT
    doubt = _doubt(evidence, ProbePurpose.HUNG_GATEWAY)
    if doubt is None:
        return _unseen(evidence, mistake)
    number = doubt.payment.number
    if doubt.waited_s is None:
        if doubt.watched_s < MOST_S:
            return unseen(
                mistake, f"Payment {number} was watched for {seconds(doubt.watched_s)} only."
            )
        return found(
            mistake,
            f"The execute of payment {number} was never answered, and after"
            f" {seconds(doubt.watched_s)} the shop was still waiting when the probe gave up.",
            cost=_cost(doubt.watched_s, least=True),
            cost_s=doubt.watched_s - GUIDE_S,
            payments=[doubt.payment],
        )
    if doubt.waited_s > MOST_S:
        return found(
            mistake,
            f"The execute of payment {number} was never answered; the shop waited"
            f" {seconds(doubt.waited_s)} for it.",
            cost=_cost(doubt.waited_s, least=False),
            cost_s=doubt.waited_s - GUIDE_S,
            payments=[doubt.payment],
        )
    return clear(
        mistake,
        f"An execute that was never answered (payment {number}) was given up after"
        f" {seconds(doubt.waited_s)}.",
    )


def judge_retries(evidence: Evidence) -> Verdict:
    """Look for an execute that is sent again before bKash was asked what the first one did."""
    mistake = Mistake.BLIND_RETRY
    blind = [doubt for doubt in evidence.doubts if _is_blind(doubt.payment.calls)]
    if blind:
        payments = [doubt.payment for doubt in blind]
        executes = max(len(payment.calls_of(EXECUTE)) for payment in payments)
        return found(
            mistake,
            f"{numbers(payments).capitalize()} got no answer to execute, and the shop sent it"
            f" again, {quantity(executes, 'time')} in all, without a query before.",
            BLIND,
            cost="No seconds, but perhaps a second charge: in the first of these payments the money"
            " had moved already."
            if any(p.purpose is ProbePurpose.LOST_ANSWER for p in payments)
            else "No seconds, but perhaps a second charge.",
            payments=payments,
        )
    if not evidence.doubts or mistake in evidence.unseen:
        return _unseen(evidence, mistake)
    asked = [d.payment for d in evidence.doubts if d.payment.calls_of(*QUERIES)]
    told = f", and {numbers(asked)} were asked about by query" if asked else ""
    return clear(
        mistake,
        f"{numbers(d.payment for d in evidence.doubts).capitalize()} got no answer to execute;"
        f" none was executed again unasked{told}.".replace("were asked", _was(asked)),
    )


def judge_queries(evidence: Evidence) -> Verdict:
    """Look for queries about payments whose execute was answered."""
    mistake = Mistake.NEEDLESS_QUERY
    queried = [p for p in evidence.paid if _is_needless(p.calls)]
    if not queried:
        return clear(
            mistake, f"{quantity(len(evidence.paid), 'payment')} went well without a query."
        )
    queries = [call for p in queried for call in p.calls_of(*QUERIES)]
    waited_s = sum(c.duration_ns for c in queries if c.request) / len(evidence.paid) / 1e9
    return found(
        mistake,
        f"{quantity(len(queries), 'query')} about {len(queried)} of"
        f" {quantity(len(evidence.paid), 'payment')} whose execute had said Completed"
        f" ({numbers(queried)}).",
        "bKash's acceptance test refuses shops that query on the normal path.",
        cost=f"{seconds(waited_s)} per payment.",
        cost_s=waited_s,
        every_payment=True,
        payments=queried,
    )


def _doubt(evidence: Evidence, purpose: ProbePurpose) -> Doubt | None:
    return next((d for d in evidence.doubts if d.payment.purpose is purpose), None)


def _is_blind(calls: Iterable[ProbeCall]) -> bool:
    executes = 0
    for call in calls:
        if call.operation in QUERIES:
            return False
        executes += call.operation == EXECUTE
        if executes > 1:
            return True
    return False


def _is_needless(calls: Iterable[ProbeCall]) -> bool:
    answered_ns: int | None = None
    for call in calls:
        # A query that came before execute's answer asks about one that takes too long: rightly.
        if answered_ns is not None and call.operation in QUERIES and call.start_ns >= answered_ns:
            return True
        if call.operation == EXECUTE and call.code == "0000":
            answered_ns = call.end_ns
    return False


def _cost(waited_s: float, *, least: bool) -> str:
    beyond = seconds(waited_s - GUIDE_S)
    return (
        f"{'At least ' if least else ''}{beyond} beyond the guide's {GUIDE_S:g} s for every shopper"
        " who meets a gateway that hangs."
    )


def _was(payments: list[ProbePayment]) -> str:
    return "was asked" if len(payments) == 1 else "were asked"


def _unseen(evidence: Evidence, mistake: Mistake) -> Verdict:
    return unseen(mistake, evidence.unseen.get(mistake, "The probe did not come so far."))
