"""What a request is about."""

import pytest
from hypothesis import given, strategies as st

from mock_bkash.wire.about import About, read_about


@pytest.mark.parametrize(
    ("body", "about"),
    [
        (b'{"paymentID":"TR1"}', About(payment_id="TR1")),
        (b'{"paymentId":"TR1"}', About(payment_id="TR1")),
        (
            b'{"merchantInvoiceNumber":17,"payerReference":"01920000001","amount":"1"}',
            About(invoice="17", payer_reference="01920000001"),
        ),
        (b'{"paymentID":true,"payerReference":[1]}', About()),
        (b'{"paymentID":"' + b"x" * 256 + b'"}', About()),
        (b"[]", About()),
        (b"{", About()),
        (b"", About()),
        (b'{"paymentID":"\xff"}', About()),
        (b"[" * 60_000, About()),
    ],
    ids=lambda value: str(value)[:24],
)
def test_it_takes_what_it_finds(body: bytes, about: About):
    """In any dialect, and nothing from what is none."""
    assert read_about(body) == about


@given(body=st.binary(max_size=200))
def test_no_body_makes_it_stumble(body: bytes):
    """Whatever a stranger sends."""
    assert isinstance(read_about(body), About)
