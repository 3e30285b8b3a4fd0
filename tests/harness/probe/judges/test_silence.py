"""Timeouts, retries and queries."""

import pytest

from harness.probe.evidence import Doubt
from harness.probe.judges.silence import judge_patience, judge_queries, judge_retries
from harness.rundata import CheckState, ProbePurpose


def doubt(make, *calls, waited_s=10.0, watched_s=20.0, purpose=ProbePurpose.HUNG_GATEWAY):
    payment = make.payment(9, *calls, purpose=purpose)
    return Doubt(payment, 0, waited_s, watched_s)


@pytest.mark.parametrize(
    ("waited_s", "watched_s", "state"),
    [
        (10.0, 20.0, CheckState.CLEAR),
        (15.0, 20.0, CheckState.CLEAR),
        (19.0, 20.0, CheckState.FOUND),
        (None, 20.0, CheckState.FOUND),
        (None, 9.0, CheckState.NOT_CHECKED),
    ],
    ids=["guide's 10 s", "guide's 15 s", "longer", "for ever", "watched too shortly"],
)
def test_patience_is_held_against_the_guides_timeouts(make, waited_s, watched_s, state):
    """Ten seconds for payments, fifteen for tokens; more is waiting for nothing."""
    evidence = make.evidence(doubts=[doubt(make, waited_s=waited_s, watched_s=watched_s)])
    assert judge_patience(evidence).check.state is state


def test_a_query_between_two_executes_makes_the_second_one_safe(make):
    """Asked first, an execute may be sent again."""
    execute, query = make.call("execute_payment", 1, 2), make.call("query_payment", 3, 4)
    again = make.call("execute_payment", 5, 6)
    asked = make.evidence(doubts=[doubt(make, execute, query, again)])
    assert judge_retries(asked).check.state is CheckState.CLEAR
    blind = make.evidence(doubts=[doubt(make, execute, again, query)])
    assert judge_retries(blind).finding.payments == (9,)


def test_without_a_doubt_nothing_is_known_about_retries(make):
    """The probe did not come so far."""
    assert judge_retries(make.evidence()).check.state is CheckState.NOT_CHECKED
    assert judge_patience(make.evidence()).check.state is CheckState.NOT_CHECKED


def test_a_query_before_executes_answer_is_not_needless(make):
    """A shop that gave up on a slow execute does right to ask."""
    slow = make.payment(
        1,
        make.call("create_payment", 0.4, 1.4),
        make.call("execute_payment", 2.1, 15.0, request="callback"),
        make.call("query_payment", 12.1, 12.6, request="callback"),
    )
    assert judge_queries(make.evidence(slow)).check.state is CheckState.CLEAR


def test_a_query_after_completed_is_needless(make):
    """It costs its time, and bKash's approval."""
    queried = make.payment(
        1, *make.payment(1).calls, make.call("query_payment", 3.1, 3.4, request="callback")
    )
    finding = judge_queries(make.evidence(queried)).finding
    assert finding.cost_s == pytest.approx(0.3)
