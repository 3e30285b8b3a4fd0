"""Could the shop be probed at all, and did its payments go well?"""

from collections.abc import Iterable

from harness.probe.evidence import Evidence
from harness.probe.mistake import MISTAKES, Mistake
from harness.probe.trouble import CONFLICT
from harness.probe.verdict import Verdict, clear, found, numbers, quantity, unseen
from harness.rundata import OUTCOME_OK, ProbePayment

__all__ = ["judge_failures", "judge_gateway", "judge_reach", "judge_reading"]

UNHEARD = ("connection", "timeout")
UNREADABLE = ("protocol",)

NOTHING = "nothing else could be looked for"

GATEWAY_PATH = "/v1.2.0-beta"

TARGET_FIRST = (
    "If the shop does not know this request, the target is wrong: compare its land, make_payment"
    " and body with what the shop's own page sends (docs/targets.md). Otherwise: "
)
LOG_FIRST = "If the shop failed before it called bKash, its log says why. Otherwise: "


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
    if _is_never_called(evidence):
        # An answer without a payment in it may be all that such a shop can give.
        return unseen(Mistake.UNREADABLE, "The shop never called the mock.")
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
    if _is_never_called(evidence):
        at = f" at {evidence.mock_url}" if evidence.mock_url else ""
        return found(
            mistake,
            f"No call reached the mock{at} in {quantity(len(evidence.routine), 'payment')}:"
            f" {_what_came(evidence)}.",
            cost=f"Unknown: {NOTHING}.",
            payments=evidence.routine,
            remedy=_way_to_mock(evidence),
        )
    return unseen(mistake, "No payment came so far.")


def judge_failures(evidence: Evidence) -> Verdict:
    """Look for payments that fail without any fault of bKash's."""
    mistake = Mistake.PAYMENTS_FAIL
    failed = [payment for payment in evidence.routine if not payment.paid]
    if not failed:
        return clear(mistake, f"{quantity(len(evidence.routine), 'payment')} went well.")
    if not evidence.paid and (_is_explained(failed[0]) or _is_never_called(evidence)):
        return unseen(mistake, "No payment came so far.")
    told = "; ".join(dict.fromkeys(f"{payment.error}" for payment in failed[:3]))
    return found(
        mistake,
        f"{len(failed)} of {quantity(len(evidence.routine), 'payment')} failed"
        f" ({numbers(failed)}): {told}.",
        cost="The sale, each time." if evidence.paid else f"Unknown: {NOTHING}.",
        payments=failed,
        remedy="" if evidence.paid else _remedy_of_failures(failed),
    )


def _is_explained(payment: ProbePayment) -> bool:
    unheard = payment.outcome in UNHEARD and len(payment.requests) == 1
    return unheard or payment.outcome in UNREADABLE


def _is_garbled(payment: ProbePayment) -> bool:
    return payment.outcome in UNREADABLE and not _leads_away(payment)


def _leads_away(payment: ProbePayment) -> bool:
    """Tell whether the shop sent its shopper to a gateway on another machine."""
    return payment.outcome in UNREADABLE and " away: " in payment.error


def _is_never_called(evidence: Evidence) -> bool:
    """Tell whether the shop was asked to pay, and nothing came to the mock."""
    nothing = evidence.app_key is None and not evidence.strangers
    return nothing and any(payment.request("make_payment") for payment in evidence.routine)


def _what_came(evidence: Evidence) -> str:
    away = [payment for payment in evidence.routine if _leads_away(payment)]
    first = (away or evidence.routine)[0]
    return "its payments went well all the same" if first.outcome == OUTCOME_OK else first.error


def _way_to_mock(evidence: Evidence) -> str:
    first = _look_first(evidence.routine)
    if not evidence.mock_url:
        return first + MISTAKES[Mistake.GATEWAY_NOT_CALLED].remedy
    return (
        f"{first}Let the shop's bKash base URL be {evidence.mock_url}{GATEWAY_PATH}, and restart"
        " it: most shops read their environment once. Where it calls another port of this machine,"
        " --mock-port puts the mock there."
    )


def _remedy_of_failures(failed: Iterable[ProbePayment]) -> str:
    first = _look_first(failed)
    return (TARGET_FIRST if first == TARGET_FIRST else "") + MISTAKES[Mistake.PAYMENTS_FAIL].remedy


def _look_first(payments: Iterable[ProbePayment]) -> str:
    """Return where else the fault may lie: in the target, or in the shop before it calls bKash."""
    last = [payment.requests[-1] for payment in payments if payment.requests]
    asked = [r.status for r in last if r.name in ("land", "make_payment")]
    if any(400 <= status < 500 and status != CONFLICT for status in asked):
        return TARGET_FIRST
    return LOG_FIRST if any(status >= 500 for status in asked) else ""
