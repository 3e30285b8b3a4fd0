"""What operations come to."""

from mock_bkash.operation.outcome import Done, Refusal, Task, Wire


def test_a_wire_refuses_with_http_200_unless_told_otherwise():
    """As the tokenized dialect does; v2 does otherwise."""
    wire = Wire(lambda body: body, lambda result: result, lambda code: code.encode())
    assert wire.refusal_status == 200


def test_an_outcome_may_be_about_no_payment():
    """Nor does a task have to have a name of its own."""
    assert Refusal("2065").payment is None
    assert Done(1).payment is None
    assert Task("key", lambda: Refusal("2065")).name == ""
