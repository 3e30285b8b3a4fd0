"""Laws of bKash's own names, from recorded answers."""

import json

import msgspec
import pytest
from hypothesis import given, strategies as st

from harness.client import Credentials, Order, Terms, Token
from harness.client.wire import (
    PATHS,
    Operation,
    create_body,
    decode_reply,
    grant_body,
    payment_body,
    payment_headers,
    read_amount_poisha,
    read_lifetime_s,
    refresh_body,
    search_body,
    token_headers,
)
from harness.money import format_taka

CREDENTIALS = Credentials("k", "s", "u", "p")
TOKEN = Token("id", "again", issued_at_ns=0, lifetime_s=3600.0)

# Recorded in 2019 and 2023 (key order, and the other name of the invoice in query, included).
RECORDED_EXECUTE = (
    b'{"statusCode":"0000","statusMessage":"Successful","paymentID":"TR0011DV1567529737718",'
    b'"payerReference":"09878777666","customerMsisdn":"01770618575","trxID":"6I3801RD1Q",'
    b'"amount":"1499","transactionStatus":"Completed",'
    b'"paymentExecuteTime":"2019-09-03T23:00:58:366 GMT+0600","currency":"BDT","intent":"sale",'
    b'"merchantInvoiceNumber":"900000196"}'
)
RECORDED_QUERY = (
    b'{"paymentID":"TR1","mode":"0011","paymentCreateTime":"2023-01-23T02:01:06:713 GMT+0600",'
    b'"amount":"100","currency":"BDT","intent":"sale","merchantInvoice":"inv",'
    b'"transactionStatus":"Initiated","verificationStatus":"Incomplete","statusCode":"0000",'
    b'"statusMessage":"Successful","payerReference":"ref"}'
)


def test_paths_are_those_of_the_official_layout():
    """A client that works against bKash works against the mock, and the other way round."""
    assert PATHS == {
        Operation.TOKEN_GRANT: "/tokenized/checkout/token/grant",
        Operation.TOKEN_REFRESH: "/tokenized/checkout/token/refresh",
        Operation.CREATE_PAYMENT: "/tokenized/checkout/create",
        Operation.EXECUTE_PAYMENT: "/tokenized/checkout/execute",
        Operation.QUERY_PAYMENT: "/tokenized/checkout/payment/status",
        Operation.SEARCH_TRANSACTION: "/tokenized/checkout/general/searchTransaction",
    }


def test_the_token_stands_bare_in_the_authorization_header():
    """As in every official sample; some of bKash's gateways refuse `Bearer`."""
    assert payment_headers(CREDENTIALS, TOKEN) == [("Authorization", "id"), ("X-App-Key", "k")]


def test_token_calls_carry_user_and_password_as_headers_and_the_keys_in_the_body():
    """The secret never stands in an address, where servers log it."""
    assert token_headers(CREDENTIALS) == [("username", "u"), ("password", "p")]
    assert json.loads(grant_body(CREDENTIALS)) == {"app_key": "k", "app_secret": "s"}
    assert json.loads(refresh_body(CREDENTIALS, TOKEN)) == {
        "app_key": "k",
        "app_secret": "s",
        "refresh_token": "again",
    }


def test_create_asks_for_a_checkout_in_decimal_taka():
    """Mode 0011, intent sale, and an amount that no float has touched."""
    order = Order(Terms(101_010, "inv-1"), "http://127.0.0.1/cb", "7")
    assert json.loads(create_body(order)) == {
        "mode": "0011",
        "payerReference": "7",
        "callbackURL": "http://127.0.0.1/cb",
        "amount": "1010.10",
        "currency": "BDT",
        "intent": "sale",
        "merchantInvoiceNumber": "inv-1",
    }


def test_payments_and_receipts_are_named_in_bkashs_spelling():
    """`paymentID` and `trxID`, capitals included."""
    assert json.loads(payment_body("TR1")) == {"paymentID": "TR1"}
    assert json.loads(search_body("6I38")) == {"trxID": "6I38"}


def test_recorded_answers_are_understood():
    """Unknown fields are passed over; the invoice has another name in query."""
    executed = decode_reply(RECORDED_EXECUTE)
    assert executed is not None
    assert (executed.trx_id, executed.invoice) == ("6I3801RD1Q", "900000196")
    assert read_amount_poisha(executed.amount) == 149_900
    queried = decode_reply(RECORDED_QUERY)
    assert queried is not None
    assert (queried.queried_invoice, queried.invoice, queried.trx_id) == ("inv", None, None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>502</html>",
        b'{"statusCode":"0000"',
        b"[]",
        b'"0000"',
        b"null",
        b'{"statusCode":0}',
        b'{"paymentID":17}',
        b'{"trxID":{"$ne":null}}',
        b'{"statusCode":"\xff"}',
        b'{"x":' + b"[" * 60_000,
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_is_not_an_answer_of_bkash_is_none(body: bytes):
    """Malformed, of wrong types, or too deep: unreadable, and never an exception of msgspec's."""
    assert decode_reply(body) is None


@given(st.binary(max_size=200))
def test_no_bytes_whatever_raise(body: bytes):
    """An answer is untrusted, and only a JSON object is one."""
    assert decode_reply(body) is None or body.strip()[:1] + body.strip()[-1:] == b"{}"


def test_repr_of_a_reply_shows_no_token():
    """A crash reporter that lists local variables publishes the status only."""
    reply = decode_reply(b'{"statusCode":"0000","id_token":"canary","refresh_token":"canary"}')
    assert repr(reply) == "Reply(status_code='0000')"


@given(st.integers(0, 10**12))
def test_amounts_survive_the_wire_as_text_and_as_number(amount_poisha: int):
    """Integer poisha in, decimal taka on the wire, the same integer out."""
    text = format_taka(amount_poisha)
    assert read_amount_poisha(msgspec.Raw(f'"{text}"'.encode())) == amount_poisha
    assert read_amount_poisha(msgspec.Raw(text.encode())) == amount_poisha


@pytest.mark.parametrize(
    "raw", [b"", b"null", b"1e2", b"-1", b'"10.999"', b'"NaN"', b"{}", b'"\\u0031"', b'"\xff"']
)
def test_what_is_no_plain_decimal_is_no_amount(raw: bytes):
    """Exponents, signs and a third decimal are not guessed at."""
    assert read_amount_poisha(msgspec.Raw(raw)) is None


@pytest.mark.parametrize(
    ("raw", "lifetime_s"),
    [
        (b"3600", 3600.0),
        (b'"3600"', 3600.0),
        (b"30", 30.0),
        (b"0.5", 0.5),
        (b"0", 3600.0),
        (b'"0"', 3600.0),
        (b"-5", 3600.0),
        (b"", 3600.0),
        (b"null", 3600.0),
        (b"true", 3600.0),
        (b'"soon"', 3600.0),
        (b"1e9", 3600.0),
        (b"315360000", 86_400.0),
        (b"9" * 400, 3600.0),
    ],
)
def test_t7_every_way_to_write_a_lifetime_is_read_sanely(raw: bytes, lifetime_s: float):
    """A number or one in quotes counts; nonsense is the documented hour; ten years are a day."""
    assert read_lifetime_s(msgspec.Raw(raw)) == lifetime_s
