"""Laws of the error tree."""

import pytest

from harness import errors


def test_every_error_is_a_harness_error():
    """A front door that catches the root catches all."""
    tree = [getattr(errors, name) for name in errors.__all__]
    assert all(issubclass(error, errors.HarnessError) for error in tree)


@pytest.mark.parametrize(
    "kind", [errors.NotSent, errors.OutcomeUnknown, errors.GatewayProtocolError]
)
def test_payment_error_says_which_payment_and_phase(kind: type[errors.PaymentError]):
    """The caller can tell where it happened without reading the message."""
    error = kind("reset by peer", phase="execute_payment", payment_id="TR1")
    assert (error.phase, error.payment_id, str(error)) == (
        "execute_payment",
        "TR1",
        "reset by peer",
    )


def test_refusal_carries_what_the_shopper_is_shown():
    """bKash's code and words survive, with the HTTP status they came with."""
    error = errors.Refused(
        "refused",
        phase="execute_payment",
        status_code="2023",
        status_message="Insufficient Balance",
    )
    assert (error.status_code, error.status_message) == ("2023", "Insufficient Balance")
    assert (error.http_status, error.payment_id) == (200, None)
