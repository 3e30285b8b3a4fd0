"""Does the shop keep its connections?"""

from dataclasses import replace

import pytest

from harness.probe.judges.connection import judge_connections


def paid(make, count: int, *, fresh: bool):
    for number in range(1, count + 1):
        payment = make.payment(number, at_s=10.0 * number)
        calls = tuple(replace(call, new_connection=fresh) for call in payment.calls)
        yield replace(payment, calls=calls)


def test_the_first_payment_may_open_connections(make):
    """Somebody has to."""
    first = next(iter(paid(make, 1, fresh=True)))
    kept = [p for p in paid(make, 3, fresh=False) if p.number > 1]
    assert judge_connections(make.evidence(first, *kept)).finding is None


def test_a_connection_per_call_costs_two_round_trips_each(make):
    """Four round trips a payment, at the profile's length and at a real one."""
    evidence = make.evidence(*paid(make, 3, fresh=True), plan=make.plan(round_trip_s=0.02))
    finding = judge_connections(evidence).finding
    assert finding.cost_s == pytest.approx(0.08)
    assert "4 calls after the first payment opened 4 connections" in finding.evidence[0]
    assert finding.payments == (2, 3)


def test_a_profile_without_distance_hides_the_cost(make):
    """Then the sentence says so, and gives a distance that a shop may really have."""
    finding = judge_connections(make.evidence(*paid(make, 3, fresh=True))).finding
    assert finding.cost_s == 0.0
    assert finding.cost.startswith("Nothing at this profile")
    assert "0.16 s per payment" in finding.cost
