"""The views of an audit."""

import msgspec
import pytest

from mock_bkash.audit import FINAL_STATES, read_audit_request

PAYMENT = '{"ref":"r","order":"o","amount_poisha":1,"invoice":"i","status":"%s"}'


def payment(status: str):
    view = read_audit_request(b'{"app_key":"k","payments":[%s]}' % (PAYMENT % status).encode())
    assert view.payments is not None
    return view.payments[0]


@pytest.mark.parametrize("status", sorted(FINAL_STATES))
def test_final_states_are_final(status: str):
    """By any of the usual words."""
    assert payment(status).is_final
    assert payment(status).says_paid is (status in {"paid", "refunded"})


@pytest.mark.parametrize("status", ["pending", "executing", "confirming", "PAID", "whatever"])
def test_any_other_state_is_under_way(status: str):
    """A word that is not known is no end."""
    assert not payment(status).is_final
    assert not payment(status).waits_for_shopper


def test_views_may_be_left_out():
    """Then they are not audited."""
    view = read_audit_request(b'{"app_key":"k"}')
    assert (view.payments, view.payer, view.horizon_s, view.machine) == (None, [], None, None)
    assert payment("created").history is msgspec.UNSET
    assert payment("created").waits_for_shopper
