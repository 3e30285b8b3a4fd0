"""What the shop believes of a browser."""

import pytest

from harness.probe.evidence import Alteration, Forgery
from harness.probe.judges.trust import judge_amount, judge_callback
from harness.rundata import CheckState


def test_a_claim_that_was_turned_down_is_clear(make):
    """And what the shop said instead is quoted."""
    callback = make.request("callback", 2.0, 3.0, error="query:status says 'failed'")
    payment = make.payment(7, requests=(callback,))
    verdict = judge_callback(make.evidence(forgery=Forgery(payment, False, ())))
    assert verdict.check.state is CheckState.CLEAR
    assert "says 'failed'" in verdict.check.reason


@pytest.mark.parametrize(
    ("created_poisha", "state"),
    [(None, CheckState.CLEAR), (49_900, CheckState.CLEAR), (100, CheckState.FOUND)],
    ids=["refused", "the shop's own price", "as the browser said"],
)
def test_the_amount_is_the_browsers_only_if_bkash_was_asked_for_it(make, created_poisha, state):
    """Refusing it and ignoring it are both right."""
    alteration = Alteration(make.payment(7), 100, created_poisha)
    assert judge_amount(make.evidence(alteration=alteration)).check.state is state


def test_what_was_not_tried_is_not_judged(make):
    """Neither way."""
    assert judge_callback(make.evidence()).check.state is CheckState.NOT_CHECKED
    assert judge_amount(make.evidence()).check.state is CheckState.NOT_CHECKED
