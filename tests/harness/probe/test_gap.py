"""The shop's own time: what no call covers."""

import pytest

from harness.probe.gap import find_gaps, main_call, uncovered_ns


def test_what_no_call_covers_is_the_shops_own(make):
    """Calls that overlap count once, calls outside the span not at all."""
    calls = [
        make.call("a", 1.0, 2.0),
        make.call("b", 1.5, 3.0),
        make.call("c", 9.0, 10.0),
        make.call("d", -1.0, 0.25),
    ]
    assert uncovered_ns(0, 4_000_000_000, calls) == pytest.approx(0.75e9 + 1e9)
    assert uncovered_ns(10, 5, calls) == 0


def test_the_gaps_lie_before_and_after_the_call(make):
    """A token call before create is no gap."""
    payment = make.payment(
        1, make.call("token_grant", 0.1, 0.3), make.call("create_payment", 0.4, 1.4)
    )
    gaps = find_gaps(payment, "make_payment")
    assert gaps.before_ns == pytest.approx(0.2e9)
    assert gaps.after_ns == pytest.approx(0.1e9)


def test_a_call_made_again_is_what_the_request_is_about(make):
    """A create that got a 401 was not the payment's."""
    payment = make.payment(
        1, make.call("create_payment", 0.1, 0.1, code="401"), make.call("create_payment", 0.4, 1.4)
    )
    assert main_call(payment, "make_payment").code == "0000"


def test_without_the_call_there_is_no_gap(make):
    """A request that never called bKash has nothing to lie before."""
    assert find_gaps(make.payment(1, make.call("x", 0.1, 0.2)), "callback") is None
    assert find_gaps(make.payment(1, requests=()), "make_payment") is None
