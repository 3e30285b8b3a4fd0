"""Executes that get no answer."""

import pytest

from harness.rundata import ProbePurpose


def doubts(probed):
    return {doubt.payment.purpose: doubt for doubt in probed.evidence.doubts}


def test_a_timeout_is_measured_to_what_the_shop_does_next(probe_shop):
    """The clean shop gives up after ten seconds and asks."""
    hung = doubts(probe_shop())[ProbePurpose.HUNG_GATEWAY]
    assert hung.waited_s == pytest.approx(10.0, abs=0.01)
    assert [call.operation for call in hung.payment.calls][-1] == "query_payment"


def test_who_waits_for_ever_is_watched_for_the_patience(probe_shop):
    """What is beyond it is not known, and not said."""
    hung = doubts(probe_shop("no_timeout", patience_s=18.0))[ProbePurpose.HUNG_GATEWAY]
    assert hung.waited_s is None
    assert hung.watched_s == pytest.approx(18.0, abs=0.01)


def test_a_short_patience_judges_nobody(probe_shop):
    """Five seconds of silence are within any timeout."""
    probed = probe_shop("no_timeout", patience_s=5.0)
    assert probed.found == set()
    assert probed.unseen == {"no_timeout"}


def test_a_lost_answer_is_asked_about(probe_shop):
    """The money had moved; query says so, and the shopper is told."""
    lost = doubts(probe_shop())[ProbePurpose.LOST_ANSWER]
    assert lost.payment.paid
    operations = [call.operation for call in lost.payment.calls]
    assert operations == ["create_payment", "execute_payment", "query_payment"]


def test_a_blind_retry_is_seen_as_a_second_execute(probe_shop):
    """Both payments without an answer are evidence."""
    probed = probe_shop("blind_retry")
    (finding,) = probed.record.findings
    assert len(finding.payments) == 2
    assert "without a query before" in finding.evidence[0]
