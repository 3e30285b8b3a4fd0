"""Tallies: what happened so far."""

import pytest

from harness.load import Answer, Exchange, Outcome, Reading, Request
from harness.rundata import RequestName
from scenarios.tally import Tally


def exchange(name: RequestName, outcome: Outcome, *, lag_ns: int = 0) -> Exchange:
    request = Request(
        name=name,
        method="GET",
        url="http://127.0.0.1/",
        headers={},
        body=None,
        think_s=0,
        background=False,
        payment_id="",
        read=lambda _: Reading(outcome),
    )
    return Exchange.of(request, Answer(200), intended_ns=10, start_ns=10 + lag_ns, end_ns=20)


@pytest.mark.parametrize(
    ("name", "outcome", "failed"),
    [
        (RequestName.LAND, Outcome.OK, 0),
        (RequestName.CALLBACK, Outcome.NOT_PAID, 1),
        (RequestName.APPROVE, Outcome.ABANDONED, 1),
        (RequestName.PREFETCH, Outcome.TIMEOUT, 0),
    ],
)
def test_failed_request_is_a_failed_journey(
    name: RequestName, outcome: Outcome, failed: int
) -> None:
    """Any failure ends its journey but that of a prefetch."""
    tally = Tally()
    tally.count(exchange(name, outcome))
    assert tally.failed == failed


def test_worst_lag_is_kept() -> None:
    """The largest lag stands, in milliseconds for people."""
    tally = Tally()
    for lag_ns in (5, 2_500_000, 3):
        tally.count(exchange(RequestName.LAND, Outcome.OK, lag_ns=lag_ns))
    assert tally.lag_ms_max == 2.5
