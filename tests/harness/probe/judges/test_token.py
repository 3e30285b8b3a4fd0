"""How the shop comes by its tokens."""

from harness.probe.evidence import EndOfLife, RefusedParty
from harness.probe.judges.token import (
    judge_grants,
    judge_last_second,
    judge_replacement,
    judge_single_flight,
)
from harness.rundata import CheckState


def grants(make, count: int, apart_s: float = 10.0):
    return [make.call("token_grant", apart_s * n, apart_s * n + 2.0) for n in range(count)]


def test_refreshes_count_as_grants_do(make):
    """bKash's mails limit one, its documents the other."""
    payments = [make.payment(n, at_s=10.0 * n) for n in range(3)]
    calls = [*grants(make, 1), *(make.call("token_refresh", 9.0 * n, 9.0 * n + 1) for n in (1, 2))]
    finding = judge_grants(make.evidence(*payments, calls=calls)).finding
    assert "1 grant and 2 refreshes" in finding.evidence[0]
    assert "the third came 18 s after the first" in finding.evidence[1]


def test_one_token_for_all_is_clear(make):
    """And says so with its count."""
    payments = [make.payment(n, at_s=10.0 * n) for n in range(3)]
    verdict = judge_grants(make.evidence(*payments, calls=grants(make, 1)))
    assert verdict.check.reason == "1 token call in 3 payments."


def test_two_grants_after_each_other_are_no_missing_flight(make):
    """A second one that began when the first had ended was not asked for at once."""
    pair = tuple(make.payment(n) for n in (1, 2))
    apart = make.evidence(party=RefusedParty(pair, 2, tuple(grants(make, 2, apart_s=3.0))))
    assert judge_single_flight(apart).check.state is CheckState.CLEAR
    at_once = make.evidence(party=RefusedParty(pair, 2, tuple(grants(make, 2, apart_s=0.01))))
    assert "2 token calls at once" in judge_single_flight(at_once).finding.evidence[0]


def test_who_is_not_refused_shows_nothing(make):
    """Neither that the token is replaced nor that it is not."""
    pair = tuple(make.payment(n) for n in (1, 2))
    evidence = make.evidence(party=RefusedParty(pair, 0, ()))
    assert judge_replacement(evidence).check.state is CheckState.NOT_CHECKED
    assert judge_single_flight(evidence).check.state is CheckState.NOT_CHECKED


def test_a_payment_that_fails_later_did_replace_its_token(make):
    """Only a create that never succeeded shows a token that was not replaced."""
    later = make.payment(1, outcome="timeout")
    evidence = make.evidence(party=RefusedParty((later,), 1, ()))
    assert judge_replacement(evidence).check.state is CheckState.CLEAR
    never = make.payment(1, outcome="http_502", payment_id="")
    finding = judge_replacement(make.evidence(party=RefusedParty((never,), 1, ()))).finding
    assert finding.payments == (1,)


def test_a_payment_that_failed_shows_nothing_about_the_tokens_end(make):
    """Where the shop broke down, its margin cannot be seen."""
    end = EndOfLife(12, 0, make.payment(1, outcome="timeout", error="land: silence"), None, ())
    verdict = judge_last_second(make.evidence(end_of_life=end))
    assert verdict.check.state is CheckState.NOT_CHECKED
    assert "land: silence" in verdict.check.reason
