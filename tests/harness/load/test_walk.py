"""Walks: when each request of a journey is due."""

from collections.abc import Generator

from harness.clock import NS_PER_S
from harness.load import Answer, Exchange, Outcome, Reading, Request, Walk
from harness.rundata import RequestName


def request(name: RequestName, *, think_s: float = 0.0, background: bool = False) -> Request:
    return Request(
        name=name,
        method="GET",
        url="http://127.0.0.1/",
        headers={},
        body=None,
        think_s=think_s,
        background=background,
        payment_id="",
        read=lambda answer: Reading(Outcome.OK),
    )


def journey(*requests: Request) -> Generator[Request, Reading | None, None]:
    for one in requests:  # noqa: UP028 - a tuple cannot be sent an answer
        yield one


def answer(walk: Walk, *, end_ns: int) -> None:
    assert walk.request is not None
    walk.answered(Exchange.of(walk.request, Answer(200), intended_ns=0, start_ns=0, end_ns=end_ns))


def test_first_request_is_due_by_the_schedule() -> None:
    """Landing counts from the arrival's instant, whenever it is sent."""
    walk = Walk(journey(request(RequestName.LAND)), due_ns=7, time_scale=1)
    assert walk.request is not None
    assert walk.due_ns == 7


def test_later_request_is_due_after_answer_and_think_time() -> None:
    """A late answer delays what waits for it, and think time is scaled."""
    walk = Walk(
        journey(request(RequestName.LAND), request(RequestName.MAKE_PAYMENT, think_s=2)),
        due_ns=0,
        time_scale=0.5,
    )
    answer(walk, end_ns=100)
    assert walk.due_ns == 100 + NS_PER_S
    answer(walk, end_ns=0)
    assert walk.request is None


def test_background_request_delays_nothing() -> None:
    """What comes after a prefetch is due as if there had been none."""
    walk = Walk(
        journey(
            request(RequestName.LAND),
            request(RequestName.PREFETCH, background=True),
            request(RequestName.MAKE_PAYMENT, think_s=1),
        ),
        due_ns=0,
        time_scale=1,
    )
    answer(walk, end_ns=50)
    assert walk.due_ns == 50
    walk.go_on()
    assert walk.request is not None
    assert walk.request.name == "make_payment"
    assert walk.due_ns == 50 + NS_PER_S


def test_empty_journey_is_over_at_once() -> None:
    """A journey without a request is no error."""
    assert Walk(journey(), due_ns=0, time_scale=1).request is None
