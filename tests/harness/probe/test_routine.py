"""One shopper after the other."""

from harness.probe.routine import GIVE_UP_AFTER
from harness.rundata import ProbePurpose


def test_payments_do_not_overlap(probe_shop):
    """The next shopper comes when the one before has left."""
    routine = probe_shop().evidence.routine
    ends = [max(r.end_ns for r in p.requests) for p in routine]
    starts = [p.requests[0].start_ns for p in routine]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    assert all(p.purpose is ProbePurpose.ROUTINE for p in routine)


def test_a_shop_that_cannot_sell_is_given_up(probe_shop):
    """Two failures with no payment between say as much as twenty."""
    assert len(probe_shop("garbage").evidence.routine) == GIVE_UP_AFTER


def test_calls_are_seen_by_the_payment_that_waited(probe_shop):
    """The first payment asks for the token, the others only create and execute."""
    first, *others = probe_shop().evidence.routine
    assert [call.operation for call in first.calls] == [
        "token_grant",
        "create_payment",
        "execute_payment",
    ]
    assert all(len(payment.calls) == 2 for payment in others)
    assert all(call.request for payment in others for call in payment.calls)
