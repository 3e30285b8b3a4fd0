"""Whose call was it?"""

from harness.load import Answer, Exchange, Outcome, Reading, Request
from harness.probe.alignment import Alignment
from harness.probe.errand import Trip
from harness.probe.mock_desk import JournalCall
from harness.probe.sorting import Sorter, sort_calls, with_calls
from harness.rundata import ProbePurpose, RequestName


def test_the_clock_tells_whose_call_it_was(make):
    """A call goes to the payment that had begun last; one before all of them to the first."""
    payments = [make.payment(1, at_s=0.0, calls=()), make.payment(2, at_s=10.0, calls=())]
    calls = [
        make.call("token_grant", -5.0, -4.0, request=""),
        make.call("create_payment", 0.5, 1.0, request=""),
        make.call("token_refresh", 9.0, 9.5, request=""),
        make.call("create_payment", 10.5, 11.0, request=""),
    ]
    first, second = sort_calls(payments, calls, slack_ns=0)
    assert [c.operation for c in first.calls] == ["token_grant", "create_payment", "token_refresh"]
    assert [c.request for c in first.calls] == ["", "make_payment", ""]
    assert [c.request for c in second.calls] == ["make_payment"]


def test_a_call_that_seems_early_by_the_clocks_accuracy_still_belongs(make):
    """The clocks are laid over each other to within the slack."""
    payment = make.payment(1, calls=())
    call = make.call("create_payment", -0.001, 1.0, request="")
    assert with_calls(payment, [call]).calls[0].request == ""
    assert with_calls(payment, [call], slack_ns=2_000_000).calls[0].request == "make_payment"


def test_landing_and_approving_hold_up_nobody(make):
    """A prefetch while the shopper looks at the page is no wait."""
    payment = make.payment(1, calls=())
    prefetched = with_calls(payment, [make.call("token_grant", -0.05, -0.01)])
    assert prefetched.calls[0].request in ("", "make_payment")
    assert with_calls(payment, [make.call("x", 1.65, 1.66, request="")]).calls[0].request == ""


def test_times_of_the_mock_become_times_of_the_probe(make):
    """Shifted by the offset of the clocks, and counted from the probe's start."""
    entry = JournalCall("create_payment", "", 1_000, 3_000, 2, True, 200, "0000")
    (call,) = Sorter(500, make.plan().target).calls(
        [entry], Alignment(offset_ns=100, accuracy_ns=10)
    )
    assert (call.start_ns, call.end_ns, call.modelled_ns) == (600, 2_600, 2_000)


def test_a_trip_becomes_a_payment_with_its_trouble(make):
    """The first request that did not do what its shopper wanted tells the outcome."""

    def exchange(name: RequestName, reading: Reading) -> Exchange:
        request = Request(name, "GET", "http://s/", {}, None, 0.0, False, "TR1", lambda a: reading)
        return Exchange.of(request, Answer(200), intended_ns=10, start_ns=10, end_ns=30)

    fine = exchange(RequestName.LAND, Reading(Outcome.OK))
    refused = exchange(RequestName.MAKE_PAYMENT, Reading(Outcome.REFUSED, "HTTP 409"))
    payment = Sorter(5, make.plan().target).payment(
        Trip((fine, refused)), number=3, purpose=ProbePurpose.ROUTINE
    )
    assert payment.outcome == "refused"
    assert payment.error == "make_payment: HTTP 409"
    assert payment.payment_id == "TR1"
    assert payment.requests[0].start_ns == 5
    assert not payment.paid


def test_only_routine_payments_lay_their_trouble_to_the_target(make):
    """A forged callback is refused because it was forged."""
    reading = Reading(Outcome.NOT_PAID, "header:Location says '/oh-no'")
    request = Request(
        RequestName.CALLBACK, "GET", "http://s/", {}, None, 0.0, False, "TR1", lambda a: reading
    )
    trip = Trip((Exchange.of(request, Answer(303), intended_ns=0, start_ns=0, end_ns=1),))
    errors = [
        Sorter(0, make.plan().target).payment(trip, number=1, purpose=purpose).error
        for purpose in (ProbePurpose.ROUTINE, ProbePurpose.FORGED_CALLBACK)
    ]
    assert "target field paid" in errors[0]
    assert errors[1] == "callback: header:Location says '/oh-no'"
