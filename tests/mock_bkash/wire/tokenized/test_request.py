"""Bodies of requests."""

import contextlib

import pytest
from hypothesis import given, strategies as st

from mock_bkash.wire import MalformedBody
from mock_bkash.wire.tokenized import (
    read_agreement,
    read_create,
    read_credentials,
    read_payment,
    read_refund,
    read_search,
)

READERS = (read_agreement, read_create, read_credentials, read_payment, read_refund, read_search)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (b'"1499"', "1499"),
        (b'"10.00"', "10.00"),
        (b"10.0", "10.0"),
        (b"1e2", "1e2"),
        (b"-5", "-5"),
        (b'"\\u0031"', "1"),
        (b"null", None),
    ],
)
def test_an_amount_is_kept_exactly_as_it_was_written(written: bytes, amount: str | None):
    """A JSON number is not turned into a float and back."""
    assert read_create(b'{"amount": %s }' % written).amount_text() == amount


@pytest.mark.parametrize("written", [b"[1]", b"{}", b"true", b'"\xff"'])
def test_an_amount_of_another_type_is_malformed(written: bytes):
    """It is neither a text nor a number."""
    with pytest.raises(MalformedBody):
        read_create(b'{"amount": %s}' % written).amount_text()


def test_what_is_absent_is_none():
    """Whether that matters is for the operation to say."""
    body = read_create(b"{}")
    assert body.amount_text() is None
    assert (body.mode, body.payer_reference, body.callback_url, body.invoice) == (None,) * 4
    assert read_payment(b"{}").payment_id is None
    assert read_search(b"{}").trx_id is None
    assert read_credentials(b"{}").app_key is None


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        (b'{"paymentID":"p","trxID":"t"}', True),
        (b'{"paymentID":"p","trxID":"t","amount":null}', True),
        (b'{"paymentID":"p","trxID":"t","amount":5}', False),
        (b'{"paymentID":"p","trxID":"t","sku":"s"}', False),
        (b'{"paymentID":"p","trxID":"t","reason":"r"}', False),
    ],
)
def test_a_refund_of_two_fields_asks_how_it_stands(body: bytes, asks: bool):
    """Both calls have one path."""
    assert read_refund(body).asks_status is asks


def test_unknown_fields_are_skipped():
    """Real clients send orderId, agreementID and more."""
    body = read_payment(b'{"agreementID":" ","orderId":[1,{"a":2}],"paymentID":"TR1"}')
    assert body.payment_id == "TR1"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"{'a':1}",
        b'{"paymentID":1}',
        b'{"paymentID":"\xff"}',
        b'{"paymentID":"\\ud800"}',
        b'{"a":NaN}',
        b"\xef\xbb\xbf{}",
        b'{"a":' + b"[" * 30_000,
        b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
    ],
    ids=lambda body: body[:20],
)
def test_what_is_no_object_is_malformed(body: bytes):
    """Also what is nested deeper than a parser goes."""
    with pytest.raises(MalformedBody):
        read_payment(body)


@given(body=st.binary(max_size=200))
def test_any_bytes_are_read_or_malformed(body: bytes):
    """Nothing else comes out of a reader, and only an object is read."""
    for read in READERS:
        with contextlib.suppress(MalformedBody):
            assert read(body) is not None
            assert body.strip()[:1] + body.strip()[-1:] == b"{}"
