"""Does the shop call a payment paid before bKash has said so?"""

from dataclasses import replace

import pytest

from harness.probe.evidence import Doubt
from harness.probe.judges.confirmation import judge_confirmation
from harness.rundata import CheckState, ProbePurpose


@pytest.fixture
def judge(make):
    def run(*calls, outcome="ok", **changes):
        create = make.call("create_payment", 0.4, 1.4)
        payment = make.payment(9, create, *calls, purpose=ProbePurpose.LOST_ANSWER, outcome=outcome)
        return judge_confirmation(make.evidence(doubts=[Doubt(payment, 0, 1.0, 20.0)], **changes))

    return run


@pytest.fixture
def lost(make):
    return make.call("execute_payment", 2.1, 3.1, status=0, code="")


def test_paid_after_silence_is_found(judge, lost):
    """No answer came, nobody asked, and the shopper is thanked."""
    finding = judge(lost).finding
    assert finding.payments == (9,)
    assert "asked about it; its shopper was told paid all the same" in finding.evidence[0]


def test_paid_after_a_query_is_clear(judge, lost, make):
    """bKash was asked, and said so."""
    verdict = judge(lost, make.call("query_payment", 3.2, 3.4))
    assert verdict.check.state is CheckState.CLEAR
    assert "only after bKash had answered" in verdict.check.reason


def test_a_query_that_was_not_answered_confirms_nothing(judge, lost, make):
    """Asking is not hearing."""
    query = make.call("query_payment", 3.2, 3.4, status=0, code="")
    assert judge(lost, query).check.state is CheckState.FOUND


def test_pending_after_silence_is_clear(judge, lost):
    """Nobody was told paid."""
    assert judge(lost, outcome="not_paid").check.state is CheckState.CLEAR


def test_who_never_executes_makes_another_mistake(judge):
    """It believes the callback, which the forged one shows."""
    assert judge().check.state is CheckState.NOT_CHECKED


def test_a_target_without_result_cannot_tell(judge, lost, make):
    """Its paid is any answer at all."""
    plan = make.plan()
    plan = replace(plan, target=replace(plan.target, result=None))
    assert judge(lost, plan=plan).check.state is CheckState.NOT_CHECKED
