"""A payment as a strip."""

from dataclasses import replace

import pytest

from reports.families import Family
from reports.probe.strip import make_strip


def test_the_two_requests_lie_end_to_end(make_payment):
    """The shopper's half second at bKash between them is left out."""
    strip = make_strip(make_payment(1))
    assert strip.total_s == pytest.approx(2.7)
    assert strip.pause_s == pytest.approx(1.5)
    assert [(round(p.start_s, 3), round(p.end_s, 3)) for p in strip.pieces] == [
        (0.4, 1.4),
        (1.6, 2.6),
    ]
    assert strip.own_s == pytest.approx(0.7)


def test_a_call_is_cut_to_the_request_that_waited(make_payment, make_call):
    """A prefetched token is seen for as long as the button waited for it."""
    early = make_call("token_grant", -1.0, 0.3, "")
    payment = make_payment(1)
    strip = make_strip(replace(payment, calls=(early, *payment.calls)))
    assert strip.pieces[0].family is Family.TOKEN
    assert (strip.pieces[0].start_s, strip.pieces[0].end_s) == pytest.approx((0.0, 0.3))


def test_calls_that_overlap_are_no_own_time_twice(make_payment, make_call):
    """Own time is what no call covers, however many do."""
    payment = make_payment(1)
    beside = make_call("query_payment", 0.5, 1.2, "make_payment")
    assert make_strip(replace(payment, calls=(*payment.calls, beside))).own_s == pytest.approx(0.7)


def test_a_payment_that_ended_early_is_a_short_strip(make_payment):
    """One that never began is none."""
    payment = make_payment(1)
    assert make_strip(replace(payment, requests=payment.requests[:1])).total_s == 1.5
    assert make_strip(replace(payment, requests=())) is None
