"""The probe's figures."""

import pytest

from harness.probe.figures import make_agreements, make_figures, median_s


def test_the_figures_of_a_payment_are_its_parts(make):
    """Own times, calls and requests of one payment, in seconds."""
    payment = make.payment(1)
    figures = make_figures([payment], payment.calls)
    assert figures.payment_s == pytest.approx(3.0)
    assert figures.before_create_s == pytest.approx(0.4)
    assert figures.after_create_s == pytest.approx(0.1)
    assert figures.before_execute_s == pytest.approx(0.1)
    assert figures.execute_s == pytest.approx(1.0)
    assert (figures.token_calls, figures.gateway_calls, figures.token_s) == (0, 2, 0.0)


def test_payments_that_failed_are_left_out(make):
    """A payment that ended early has no time worth a median."""
    failed = make.payment(2, outcome="refused")
    assert make_figures([failed], []) is None
    assert make_figures([make.payment(1), failed], []).payments == 1


def test_token_calls_in_the_background_are_counted_but_not_waited_for(make):
    """bKash counts them all; a shopper waits for those in a request alone."""
    background = make.call("token_refresh", -0.05, -0.01, request="")
    payment = make.payment(1, background, *make.payment(1).calls)
    figures = make_figures([payment], payment.calls)
    assert figures.token_calls == 1
    assert figures.token_s == 0.0


def test_what_is_waited_for_is_told_by_the_request(make):
    """With the own times and the main call it makes up the request."""
    grant = make.call("token_grant", 0.1, 0.3)
    query = make.call("query_payment", 3.2, 3.3, request="callback")
    payment = make.payment(1, grant, *make.payment(1).calls, query)
    figures = make_figures([payment], payment.calls)
    told = (figures.make_payment_token_s, figures.callback_token_s, figures.callback_query_s)
    assert told == pytest.approx((0.2, 0.0, 0.1))
    parts = (figures.before_create_s, told[0], figures.create_s, figures.after_create_s)
    assert sum(parts) == pytest.approx(figures.make_payment_s)


def test_agreement_compares_a_stages_start_with_the_calls(make):
    """Ten milliseconds of four hundred are 2.5 per cent."""
    said = make.request("make_payment", 0.0, 1.5, ("create_payment", 0.39, 1.0))
    payment = make.payment(1)
    payment = make.payment(1, requests=(said, payment.request("callback")))
    (agreement,) = make_agreements([payment])
    assert agreement.stage == "create_payment"
    assert agreement.worst_difference == pytest.approx(0.01 / 0.39)


@pytest.mark.parametrize(
    ("granted_s", "stage_s"),
    [((0.4, 0.7), 0.398), ((0.1, 0.399), 0.698)],
    ids=["inside the stage", "before it"],
)
def test_a_stage_begins_with_its_own_first_call(make, granted_s, stage_s: float):
    """A client that fetches its token inside the stage is not called wrong by a whole grant."""
    grant, create = (
        make.call("token_grant", *granted_s, request="make_payment"),
        make.call("create_payment", 0.7, 1.7, request="make_payment"),
    )
    said = make.request("make_payment", 0.0, 2.0, ("create_payment", stage_s, 1.7 - stage_s))
    payment = make.payment(1, grant, create)
    payment = make.payment(1, grant, create, requests=(said, payment.request("callback")))
    (agreement,) = make_agreements([payment])
    assert agreement.worst_difference == pytest.approx(0.002 / stage_s)


def test_a_shop_without_stages_agrees_with_nothing(make):
    """No header, no comparison."""
    assert make_agreements([make.payment(1)]) == ()


def test_the_median_of_nothing_is_none():
    """A statistic that does not exist is None."""
    assert median_s([]) is None
    assert median_s([1_000_000_000, 3_000_000_000]) == 2.0
