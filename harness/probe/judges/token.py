"""How the shop comes by its tokens."""

from harness.probe.evidence import EndOfLife, Evidence, RefusedParty
from harness.probe.mistake import Mistake
from harness.probe.operation import TOKEN_CALLS
from harness.probe.verdict import Verdict, clear, found, numbers, quantity, seconds, unseen
from harness.rundata import ProbeCall, ProbePayment

__all__ = ["judge_grants", "judge_last_second", "judge_replacement", "judge_single_flight"]

ALLOWED = 2
"""Token calls that bKash allows an hour; for one more it blocks the merchant for an hour."""


def judge_grants(evidence: Evidence) -> Verdict:
    """Look for a token call per payment, or per request."""
    calls, payments = evidence.token_calls, len(evidence.routine)
    counted = f"{quantity(len(calls), 'token call')} in {quantity(payments, 'payment')}"
    if evidence.keeps_token:
        return clear(Mistake.GRANT_PER_REQUEST, f"{counted}.")
    figures = evidence.figures
    waited_s = 0.0 if figures is None else figures.token_s
    return found(
        Mistake.GRANT_PER_REQUEST,
        f"{counted}: {_kinds(calls)}.",
        _blocked(evidence, calls),
        f"A payment waited {seconds(waited_s)} for them on average; a token is good for an hour.",
        cost=f"{seconds(waited_s)} per payment, and after its third token call the shop sells"
        " nothing for an hour.",
        cost_s=waited_s,
        every_payment=True,
        payments=[p for p in evidence.routine if p.calls_of(*TOKEN_CALLS)],
    )


def judge_single_flight(evidence: Evidence) -> Verdict:
    """Look for two token calls where two shoppers missed the token at once."""
    mistake, party = Mistake.NO_SINGLE_FLIGHT, evidence.party
    if party is None:
        return _unseen(evidence, mistake)
    if not party.token_calls:
        return unseen(mistake, f"{_who(party)} asked for no token when theirs was refused.")
    together = [c for c in party.token_calls if _overlaps_another(c, party.token_calls)]
    if len(together) < 2:
        return clear(
            mistake,
            f"{_who(party)}, refused at once, got their token by"
            f" {quantity(len(party.token_calls), 'token call')}, never two at a time.",
        )
    first, last = together[0], together[-1]
    apart_s = (last.start_ns - first.start_ns) / 1e9
    return found(
        mistake,
        f"{_who(party)} missed the token at once, and the shop made"
        f" {quantity(len(together), 'token call')} at once: {_kinds(together)},"
        f" {apart_s * 1000:.0f} ms apart.",
        f"bKash allows {ALLOWED} an hour: three shoppers at such a moment get the shop blocked.",
        cost=f"No time for these two, who waited {seconds(first.duration_ns / 1e9)} either way; an"
        " hour without sales once there are three.",
        payments=party.payments,
    )


def judge_replacement(evidence: Evidence) -> Verdict:
    """Look for a payment that fails because bKash refuses the token."""
    mistake, party = Mistake.TOKEN_NOT_REPLACED, evidence.party
    if party is None:
        return _unseen(evidence, mistake)
    if not party.refused:
        return unseen(mistake, f"No call of {_who(party).lower()} could be refused.")
    failed = [payment for payment in party.payments if not payment.payment_id]
    if not failed:
        return clear(mistake, f"{_who(party)} got through though their first create got a 401.")
    return found(
        mistake,
        f"The create of {numbers(failed)} was answered with 401, and the shop gave up:"
        f" {failed[0].error}.",
        cost="The sale, and every one that follows for as long as the shop believes in a token that"
        " bKash has thrown away.",
        payments=failed,
    )


def judge_last_second(evidence: Evidence) -> Verdict:
    """Look for a token that is renewed only when it is dead."""
    mistake, end = Mistake.TOKEN_TO_LAST_SECOND, evidence.end_of_life
    if end is None:
        return _unseen(evidence, mistake)
    failed = [p for p in (end.payment, end.later) if p is not None and not p.paid]
    if failed and not end.token_calls:
        return unseen(mistake, f"{numbers(failed).capitalize()} failed: {failed[0].error}.")
    if not end.token_calls:
        return unseen(
            mistake,
            f"The shop went on with a token of {seconds(end.life_s)} after its end, so it does not"
            " heed expires_in; whether it renews the hour's token in time cannot be seen.",
        )
    first = end.token_calls[0]
    age_s = end.age_s(first.start_ns)
    if age_s < end.life_s:
        return clear(mistake, f"A token of {seconds(end.life_s)} was renewed at {seconds(age_s)}.")
    return _kept_too_long(end, first, age_s)


def _kept_too_long(end: EndOfLife, first: ProbeCall, age_s: float) -> Verdict:
    sent = end.payment.requests[0]
    waited_s = first.duration_ns / 1e9
    return found(
        Mistake.TOKEN_TO_LAST_SECOND,
        f"Payment {end.payment.number} came when the token was {seconds(end.age_s(sent.start_ns))}"
        f" old, {end.age_s(sent.start_ns) / end.life_s:.0%} of its {seconds(end.life_s)}; the guide"
        f" renews at 55 of 60 minutes, {55 / 60:.0%}. The shop asked for the"
        f" next one at {seconds(age_s)}.",
        "A token in its last second may die on the way: the call is then refused although it was"
        " good when it was sent.",
        cost=f"{seconds(waited_s)} for the payment that meets the end of each hour, for the grant"
        " that it waits for.",
        cost_s=waited_s,
        payments=[p for p in (end.payment, end.later) if p is not None],
    )


def _unseen(evidence: Evidence, mistake: Mistake) -> Verdict:
    return unseen(mistake, evidence.unseen.get(mistake, "The probe did not come so far."))


def _who(party: RefusedParty) -> str:
    return numbers(party.payments).capitalize()


def _kinds(calls: list[ProbeCall] | tuple[ProbeCall, ...]) -> str:
    grants = sum(call.operation == TOKEN_CALLS[0] for call in calls)
    refreshes = len(calls) - grants
    kinds = [quantity(n, noun) for n, noun in ((grants, "grant"), (refreshes, "refresh")) if n]
    return " and ".join(kinds).replace("refreshs", "refreshes")


def _overlaps_another(call: ProbeCall, calls: tuple[ProbeCall, ...]) -> bool:
    return any(
        other is not call and other.start_ns < call.end_ns and call.start_ns < other.end_ns
        for other in calls
    )


def _blocked(evidence: Evidence, calls: list[ProbeCall]) -> str:
    third = calls[ALLOWED]
    after_s = (third.start_ns - calls[0].start_ns) / 1e9
    payment = _payment_of(evidence, third)
    where = "" if payment is None else f", at payment {payment.number}"
    return (
        f"bKash allows {ALLOWED} token calls an hour and blocks the merchant for an hour after: the"
        f" third came {seconds(after_s)} after the first{where}."
    )


def _payment_of(evidence: Evidence, call: ProbeCall) -> ProbePayment | None:
    return next((p for p in evidence.routine if call.start_ns in _starts(p)), None)


def _starts(payment: ProbePayment) -> set[int]:
    return {call.start_ns for call in payment.calls}
