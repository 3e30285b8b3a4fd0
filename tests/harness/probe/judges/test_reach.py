"""Could the shop be probed, and did its payments go well?"""

from harness.probe.judges.reach import judge_failures, judge_gateway, judge_reach, judge_reading
from harness.rundata import CheckState


def lost(make, *, land: str = "connection", error: str = "refused"):
    request = make.request("land", 0.0, 0.1, status=0, outcome=land, error=error)
    return make.payment(1, outcome=land, error=f"land: {error}", requests=(request,), payment_id="")


def test_silence_at_the_door_is_unreachable(make):
    """And nothing is said about payments that never came so far."""
    evidence = make.evidence(lost(make), calls=[], app_key=None)
    assert "refused" in judge_reach(evidence).finding.evidence[0]
    assert judge_failures(evidence).check.state is CheckState.NOT_CHECKED
    assert judge_gateway(evidence).check.state is CheckState.NOT_CHECKED
    assert judge_reading(evidence).check.state is CheckState.NOT_CHECKED


def test_a_shop_that_fails_now_and_then_is_told_how_often(make):
    """With the payments and their errors."""
    failed = make.payment(2, outcome="http_500", error="make_payment: HTTP 500", requests=())
    finding = judge_failures(make.evidence(make.payment(1), failed)).finding
    assert finding.payments == (2,)
    assert "1 of 2 payments failed (payment 2): make_payment: HTTP 500" in finding.evidence[0]


def test_a_page_that_is_not_there_is_blamed_on_target_and_shop(make):
    """With the remedy for the target first: a shop with no such page is not called a bad shop."""
    request = make.request("land", 0.0, 0.1, status=404, outcome="refused")
    missed = make.payment(1, outcome="refused", error="land: GET x", requests=(request,))
    finding = judge_failures(make.evidence(missed, calls=[], app_key=None)).finding
    assert "target is wrong" in finding.remedy
    sold = judge_failures(make.evidence(make.payment(2), missed)).finding
    assert "target is wrong" not in sold.remedy


def test_calls_of_strangers_are_told_apart_from_none(make):
    """A shop whose token comes from elsewhere does call, but is nobody to the mock."""
    evidence = make.evidence(make.payment(1, outcome="refused"), app_key=None, strangers=4)
    finding = judge_gateway(evidence).finding
    assert "4 calls reached the mock" in finding.evidence[0]
    assert "restart" in finding.remedy


def test_a_shop_that_sells_without_the_mock_is_told(make):
    """Payments that go well without a single call were made somewhere else."""
    evidence = make.evidence(make.payment(1), calls=[], app_key=None)
    assert "went well all the same" in judge_gateway(evidence).finding.evidence[0]
