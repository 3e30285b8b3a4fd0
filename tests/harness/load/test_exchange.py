"""Exchanges: one request as it went."""

import pytest

from harness.load import Answer, Exchange, Outcome, Reading, Request
from harness.rundata import RequestName


def read(answer: Answer) -> Reading:
    return Reading(Outcome.OK if answer.status == 200 else Outcome.REFUSED)


REQUEST = Request(
    name=RequestName.LAND,
    method="GET",
    url="http://127.0.0.1/",
    headers={},
    body=None,
    think_s=0,
    background=False,
    payment_id="",
    read=read,
)


@pytest.mark.parametrize(("status", "ok"), [(200, True), (404, False)])
def test_request_itself_says_what_its_answer_means(status: int, ok: bool) -> None:
    """A driver sends and times; it needs to know nothing of shops or bKash."""
    exchange = Exchange.of(REQUEST, Answer(status), intended_ns=1, start_ns=2, end_ns=3)
    assert exchange.reading.ok is ok
    assert (exchange.intended_ns, exchange.start_ns, exchange.end_ns) == (1, 2, 3)


def test_only_the_good_outcome_goes_on() -> None:
    """Every other word ends a journey."""
    assert [o for o in Outcome if Reading(o).ok] == [Outcome.OK]
