"""The end of a token's life, watched."""

import pytest

from harness.probe.last_second import short_life_s
from harness.rundata import ProbePurpose


def test_a_life_is_long_enough_for_its_last_moments():
    """A shop that is slow to call create needs a longer life, one with slow payments too."""
    assert short_life_s(12.0, before_create_s=0.4, payment_s=2.7) == 12
    assert short_life_s(12.0, before_create_s=1.1, payment_s=2.7) == 21
    assert short_life_s(12.0, before_create_s=0.4, payment_s=7.6) == 23
    assert isinstance(short_life_s(0.5, before_create_s=0.0, payment_s=0.0), int)


def test_a_margin_is_seen_as_a_renewal_in_time(probe_shop):
    """The clean shop renews at nine tenths, so nobody has to wait for the token's end."""
    probed = probe_shop()
    end = probed.evidence.end_of_life
    assert end.later is None
    assert end.age_s(end.token_calls[0].start_ns) < end.life_s


def test_no_margin_is_seen_at_the_end(probe_shop):
    """A shop that heeds the life to the second asks when it is over, and a shopper waits."""
    probed = probe_shop("token_to_last_second")
    end = probed.evidence.end_of_life
    assert end.age_s(end.token_calls[0].start_ns) >= end.life_s
    (finding,) = probed.record.findings
    assert finding.cost_s == pytest.approx(2.0)
    assert "94% of its 12 s" in finding.evidence[0]


def test_a_shop_without_a_replaced_token_is_not_watched(probe_shop):
    """Only a token that was granted anew has a short life."""
    probed = probe_shop("token_not_replaced")
    assert "token_to_last_second" in probed.unseen
    assert not any(p.purpose is ProbePurpose.LAST_SECOND for p in probed.record.payments)
