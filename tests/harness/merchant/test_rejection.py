"""Laws of saying no: every reason has its status."""

import pytest

from harness.merchant.rejection import Reason, Rejection


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_status_of_a_refusal(reason: Reason):
    """4xx where the asker can do something about it, 5xx where not."""
    assert 400 <= reason.http_status < 600


def test_a_rejection_takes_its_reasons_status_unless_told_otherwise():
    """An abandoned create answers 409 whatever the validation said."""
    assert Rejection(Reason.UNKNOWN_USER, "no").http_status == 404
    assert Rejection(Reason.UNKNOWN_USER, "no", http_status=409).http_status == 409
