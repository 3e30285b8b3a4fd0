"""What was seen, and what follows from it at once."""

import pytest

from harness.rundata import ProbePurpose


def test_a_shop_that_asks_per_payment_keeps_no_token(make):
    """The first payment may ask; from half of the others on, the token is not kept."""
    grant = make.call("token_grant", 0.0, 0.3)
    payments = [make.payment(n, at_s=10.0 * n) for n in range(1, 6)]
    assert make.evidence(*payments, calls=[grant]).keeps_token
    assert make.evidence(*payments, calls=[grant] * 2).keeps_token
    assert not make.evidence(*payments, calls=[grant] * 3).keeps_token


def test_without_a_payment_nothing_was_probed(make):
    """A call alone is not enough, nor a payment that never called."""
    assert make.evidence(make.payment(1)).probed
    assert not make.evidence(make.payment(1), app_key=None).probed
    assert not make.evidence(make.payment(1, outcome="refused")).probed


def test_payments_are_told_by_their_numbers(make):
    """However they came in."""
    evidence = make.evidence(make.payment(3), make.payment(1))
    assert [payment.number for payment in evidence.payments] == [1, 3]
    assert all(p.purpose is ProbePurpose.ROUTINE for p in evidence.payments)


def test_the_age_of_a_token_counts_from_its_issue(make):
    """In seconds, on the probe's clock."""
    from harness.probe.evidence import EndOfLife

    end = EndOfLife(12, 1_000_000_000, make.payment(1), None, ())
    assert end.age_s(3_500_000_000) == pytest.approx(2.5)
