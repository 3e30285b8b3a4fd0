"""Could the shop be probed at all, and did its payments go well?"""

from harness.probe.evidence import Evidence
from harness.probe.mistake import Mistake
from harness.probe.verdict import Verdict, clear, found, numbers, quantity, unseen
from harness.rundata import OUTCOME_OK, ProbePayment

__all__ = ["judge_failures", "judge_gateway", "judge_reach", "judge_reading"]

UNHEARD = ("connection", "timeout")
UNREADABLE = ("protocol",)

NOTHING = "nothing else could be looked for"


def judge_reach(evidence: Evidence) -> Verdict:
    """Look for a shop that does not answer."""
    first = evidence.routine[0]
    land = first.requests[0]
    if not evidence.paid and land.outcome in UNHEARD and not land.status:
        return found(
            Mistake.UNREACHABLE,
            f"{evidence.plan.url} gave no answer to the first request: {land.error}.",
            cost=f"Unknown: {NOTHING}.",
            payments=[first],
        )
    return clear(Mistake.UNREACHABLE, f"{evidence.plan.url} answered.")


def judge_reading(evidence: Evidence) -> Verdict:
    """Look for answers that the target does not describe."""
    strange = [payment for payment in evidence.routine if _is_garbled(payment)]
    if strange and not evidence.paid:
        return found(
            Mistake.UNREADABLE,
            f"{numbers(strange).capitalize()}: {strange[0].error}.",
            cost=f"Unknown: {NOTHING}.",
            payments=strange,
        )
    if not evidence.paid:
        return unseen(Mistake.UNREADABLE, "No payment came so far.")
    return clear(Mistake.UNREADABLE, "Every answer was what the target describes.")


def judge_gateway(evidence: Evidence) -> Verdict:
    """Look for a shop that never calls the mock."""
    mistake = Mistake.GATEWAY_NOT_CALLED
    if evidence.app_key is not None:
        return clear(
            mistake,
            f"{quantity(len(evidence.calls), 'call')} came with app key {evidence.app_key!r}.",
        )
    away = [payment for payment in evidence.routine if _leads_away(payment)]
    if not evidence.strangers and any(_is_garbled(payment) for payment in evidence.routine):
        return unseen(mistake, "No answer of the shop could be read.")
    if evidence.strangers:
        return found(
            mistake,
            f"{quantity(evidence.strangers, 'call')} reached the mock, but none that asked for a"
            " token: either the path below the base URL is wrong, or the shop uses a token that was"
            " granted elsewhere.",
            cost=f"Unknown: {NOTHING}.",
            remedy="Let the shop's base URL end with /v1.2.0-beta, and restart it so that it"
            " forgets its token (it may also stand in the database).",
        )
    if away or any(payment.request("make_payment") for payment in evidence.routine):
        said = away[0].error if away else _what_came(evidence)
        return found(
            mistake,
            f"No call reached the mock in {quantity(len(evidence.routine), 'payment')}: {said}.",
            cost=f"Unknown: {NOTHING}.",
            payments=evidence.routine,
        )
    return unseen(mistake, "No payment came so far.")


def judge_failures(evidence: Evidence) -> Verdict:
    """Look for payments that fail without any fault of bKash's."""
    mistake = Mistake.PAYMENTS_FAIL
    failed = [payment for payment in evidence.routine if not payment.paid]
    if not failed:
        return clear(mistake, f"{quantity(len(evidence.routine), 'payment')} went well.")
    if not evidence.paid and _is_explained(failed[0]):
        return unseen(mistake, "No payment came so far.")
    told = "; ".join(dict.fromkeys(f"{payment.error}" for payment in failed[:3]))
    return found(
        mistake,
        f"{len(failed)} of {quantity(len(evidence.routine), 'payment')} failed"
        f" ({numbers(failed)}): {told}.",
        cost="The payment.",
        payments=failed,
    )


def _is_explained(payment: ProbePayment) -> bool:
    unheard = payment.outcome in UNHEARD and len(payment.requests) == 1
    return unheard or payment.outcome in UNREADABLE


def _is_garbled(payment: ProbePayment) -> bool:
    return payment.outcome in UNREADABLE and not _leads_away(payment)


def _leads_away(payment: ProbePayment) -> bool:
    """Tell whether the shop sent its shopper to a gateway on another machine."""
    return payment.outcome in UNREADABLE and " away: " in payment.error


def _what_came(evidence: Evidence) -> str:
    first = evidence.routine[0]
    return "its payments went well all the same" if first.outcome == OUTCOME_OK else first.error
