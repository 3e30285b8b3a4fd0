"""Two at once whose token is refused."""

from harness.rundata import Mistake, ProbePurpose


def test_each_of_the_party_is_refused_once_and_no_one_else(probe_shop):
    """Two creates get a 401; the payments go well because sending them again helps."""
    probed = probe_shop()
    party = probed.evidence.party
    assert party.refused == 2
    assert all(p.paid and p.purpose is ProbePurpose.REFUSED_TOKEN for p in party.payments)
    assert len(party.token_calls) == 1


def test_without_single_flight_two_tokens_are_asked_for(probe_shop):
    """Both payments press the button at the same instant and miss the token together."""
    party = probe_shop("no_single_flight").evidence.party
    first, second = party.token_calls
    assert second.start_ns < first.end_ns


def test_a_shop_that_cannot_replace_its_token_is_left_with_a_live_one(probe_shop):
    """The refusal was a fault of two calls; the payments after them go well."""
    probed = probe_shop("token_not_replaced")
    assert not any(payment.payment_id for payment in probed.evidence.party.payments)
    later = [d.payment for d in probed.evidence.doubts if d.payment.payment_id]
    assert len(later) == 2


def test_a_shop_that_keeps_no_token_is_spared(probe_shop):
    """Who asks each time has nothing that could be refused or renewed."""
    probed = probe_shop("grant_per_request")
    assert probed.evidence.party is None
    assert probed.unseen == {
        Mistake.NO_SINGLE_FLIGHT,
        Mistake.TOKEN_TO_LAST_SECOND,
        Mistake.TOKEN_NOT_REPLACED,
    }
