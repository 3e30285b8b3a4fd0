"""Laws of what is kept in memory per payment."""

import numpy as np

from harness.rundata import Sample
from harness.simulation import PaymentTally


def sample(arrival: int, request: str, *, stage: str = "", **values) -> Sample:
    usual = {
        "intended_ns": 0,
        "start_ns": 0,
        "end_ns": 10,
        "modelled_ns": None,
        "outcome": "ok",
        "status": 200,
        "warmup": False,
    }
    return Sample(
        variant="cached", arrival=arrival, request=request, stage=stage, **(usual | values)
    )


def test_times_and_stages_stand_at_their_arrival():
    """Response times count from the intended instant; a stage that occurs twice is summed."""
    tally = PaymentTally()
    tally.append(sample(2, "land"))
    tally.append(sample(2, "make_payment", intended_ns=100, start_ns=105, end_ns=400))
    tally.append(sample(2, "make_payment", stage="token_grant", start_ns=10, end_ns=30))
    tally.append(sample(2, "callback", intended_ns=1_000, start_ns=1_000, end_ns=1_250))
    tally.append(sample(2, "callback", stage="token_grant", start_ns=0, end_ns=5))
    tally.append(sample(0, "land", warmup=True))
    tally.append(sample(0, "callback", outcome="not_paid"))
    frozen = tally.freeze()
    assert frozen.arrivals.tolist() == [0, 1, 2]
    assert frozen.ok.tolist() == [False, False, True]
    assert frozen.warmup.tolist() == [True, False, False]
    assert frozen.make_payment_ns.tolist() == [0, 0, 300]
    assert frozen.callback_ns.tolist() == [10, 0, 250]
    assert frozen.payment_ns.tolist() == [10, 0, 550]
    assert frozen.stage_ns["token_grant"].tolist() == [0, 0, 25]
    assert frozen.measured.tolist() == [False, False, True]


def test_stages_of_other_requests_are_no_part_of_a_payment():
    """What the page asked the database for is not waited for by who pays."""
    tally = PaymentTally()
    tally.append(sample(0, "land", stage="show_course"))
    tally.append(sample(0, "prefetch", stage="token_grant"))
    assert tally.freeze().stage_ns == {}


def test_an_empty_run_is_empty_arrays():
    """No special case for whoever computes on."""
    frozen = PaymentTally().freeze()
    assert frozen.payment_ns.dtype == np.int64
    assert frozen.payment_ns.size == 0
