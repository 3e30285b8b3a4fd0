"""Does the shop call a payment paid before bKash has said so?"""

from harness.probe.evidence import Evidence
from harness.probe.mistake import Mistake
from harness.probe.operation import EXECUTE, QUERIES
from harness.probe.verdict import Verdict, clear, found, numbers, unseen
from harness.rundata import ProbePayment

__all__ = ["judge_confirmation"]


def judge_confirmation(evidence: Evidence) -> Verdict:
    """Look for a payment that is called paid though no answer of bKash's about it ever came."""
    mistake = Mistake.PAID_UNCONFIRMED
    if evidence.plan.target.result is None:
        return unseen(mistake, "The target does not say where a callback's answer tells (result).")
    # Who never executes has believed the callback, which is another mistake.
    sent = [d.payment for d in evidence.doubts if d.payment.calls_of(EXECUTE)]
    believed = [payment for payment in sent if payment.paid and not _is_heard(payment)]
    if believed:
        return _found(believed)
    if not sent or mistake in evidence.unseen:
        reason = "No execute without an answer was seen."
        return unseen(mistake, evidence.unseen.get(mistake, reason))
    heard = [payment for payment in sent if payment.paid]
    told = f"; {numbers(heard)} only after bKash had answered" if heard else ""
    return clear(
        mistake,
        f"{numbers(sent).capitalize()} got no answer to execute, and no shopper was told paid for"
        f" that{told}.",
    )


def _found(believed: list[ProbePayment]) -> Verdict:
    one = len(believed) == 1
    return found(
        Mistake.PAID_UNCONFIRMED,
        f"{numbers(believed).capitalize()} got no answer to execute and no query asked about"
        f" {'it; its shopper was' if one else 'them; their shoppers were'} told paid all the same.",
        "What the shop did not hear it cannot know: it would have said the same of an execute that"
        " moved no money.",
        cost="The goods, whenever such an execute moved no money.",
        payments=believed,
    )


def _is_heard(payment: ProbePayment) -> bool:
    """Tell whether bKash answered any call that could say what became of the payment."""
    return any(call.status for call in payment.calls_of(EXECUTE, *QUERIES))
