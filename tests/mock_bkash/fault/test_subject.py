"""A call as fault plans see it."""

from mock_bkash.fault import Subject


def test_what_is_unknown_is_empty():
    """A rule that asks for it does not match."""
    subject = Subject(operation="token_grant", key="", attempt=1, app_key="shop")
    assert (subject.invoice, subject.payment_id, subject.wallets) == ("", "", ())
    assert subject.executed_s_ago is None
