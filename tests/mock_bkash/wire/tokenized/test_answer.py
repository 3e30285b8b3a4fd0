"""Bodies of answers, against recordings: key order, types and words."""

import json

import pytest

from mock_bkash.payment import Payment, PaymentState
from mock_bkash.wire.tokenized import (
    format_time,
    write_created,
    write_executed,
    write_found,
    write_granted,
    write_queried,
    write_refusal,
    write_unrecognized,
)

# 2019-09-03 16:55:37.813 UTC
CREATED_MS = 1567529737813
EXECUTED_MS = CREATED_MS + 320_553

CREATED = (
    '{"statusCode":"0000","statusMessage":"Successful","paymentID":"TR0011DV1567529737718",'
    '"bkashURL":"http://mock/page","callbackURL":"http://shop/cb?origin=opm",'
    '"successCallbackURL":'
    '"http://shop/cb?origin=opm&paymentID=TR0011DV1567529737718&status=success",'
    '"failureCallbackURL":'
    '"http://shop/cb?origin=opm&paymentID=TR0011DV1567529737718&status=failure",'
    '"cancelledCallbackURL":'
    '"http://shop/cb?origin=opm&paymentID=TR0011DV1567529737718&status=cancel",'
    '"amount":"1499","intent":"sale","currency":"BDT",'
    '"paymentCreateTime":"2019-09-03T22:55:37:813 GMT+0600",'
    '"transactionStatus":"Initiated","merchantInvoiceNumber":"900000196"}'
)
EXECUTED = (
    '{"statusCode":"0000","statusMessage":"Successful","paymentID":"TR0011DV1567529737718",'
    '"payerReference":"09878777666","customerMsisdn":"01770618575","trxID":"6I3801RD1Q",'
    '"amount":"1499","transactionStatus":"Completed",'
    '"paymentExecuteTime":"2019-09-03T23:00:58:366 GMT+0600","currency":"BDT","intent":"sale",'
    '"merchantInvoiceNumber":"900000196"}'
)
QUERY_KEYS = [
    *("paymentID", "mode", "paymentCreateTime", "paymentExecuteTime", "amount", "currency"),
    *("intent", "merchantInvoice", "trxID", "transactionStatus", "verificationStatus"),
    *("statusCode", "statusMessage", "payerReference"),
]
SEARCH_KEYS = [
    *("trxID", "initiationTime", "completedTime", "transactionType", "customerMsisdn"),
    *("transactionStatus", "amount", "currency", "organizationShortCode"),
    *("statusCode", "statusMessage"),
]


@pytest.fixture
def payment() -> Payment:
    return Payment(
        payment_id="TR0011DV1567529737718",
        mode="0011",
        amount_text="1499",
        amount_poisha=149_900,
        currency="BDT",
        intent="sale",
        invoice="900000196",
        payer_reference="09878777666",
        callback_url="http://shop/cb?origin=opm",
        created_ms=CREATED_MS,
    )


def complete(payment: Payment) -> None:
    payment.state = PaymentState.COMPLETED
    payment.wallet, payment.trx_id = "01770618575", "6I3801RD1Q"
    payment.executed_ms = EXECUTED_MS


def test_create_answers_as_recorded(payment: Payment):
    """The trace of 2019, byte for byte but for the page's host."""
    assert write_created(payment, page_url="http://mock/page").decode() == CREATED


def test_execute_answers_as_recorded(payment: Payment):
    """The trace of 2019, byte for byte."""
    complete(payment)
    assert write_executed(payment).decode() == EXECUTED


def test_query_of_a_completed_payment_answers_as_recorded(payment: Payment):
    """The keys of 2023 in their order; the invoice is called otherwise here."""
    complete(payment)
    answer = json.loads(write_queried(payment))
    assert list(answer) == QUERY_KEYS
    assert (answer["transactionStatus"], answer["verificationStatus"]) == ("Completed", "Complete")
    assert answer["merchantInvoice"] == "900000196"


@pytest.mark.parametrize(
    ("state", "verification"),
    [
        (PaymentState.INITIATED, "Incomplete"),
        (PaymentState.APPROVED, "Complete"),
        (PaymentState.DECLINED, "Incomplete"),
        (PaymentState.CANCELLED, "Incomplete"),
    ],
)
def test_query_of_an_open_payment_has_no_transaction(
    payment: Payment, state: PaymentState, verification: str
):
    """`Initiated` until money moved: do not deliver."""
    payment.state = state
    answer = json.loads(write_queried(payment))
    assert [k for k in QUERY_KEYS if k not in answer] == ["paymentExecuteTime", "trxID"]
    assert answer["transactionStatus"] == "Initiated"
    assert answer["verificationStatus"] == verification


def test_search_answers_as_recorded(payment: Payment):
    """The keys of 2023 in their order, and those that only newer answers have, all texts."""
    complete(payment)
    answer = json.loads(write_found(payment))
    assert [key for key in answer if key in SEARCH_KEYS] == SEARCH_KEYS
    assert set(answer) - set(SEARCH_KEYS) == {
        *("payerAccount", "payerType", "serviceFee", "creditedAmount", "maxRefundableAmount")
    }
    assert answer["completedTime"] == "2019-09-03T23:00:58:000 GMT+0600"
    assert all(isinstance(value, str) for value in answer.values())


def test_a_token_answers_as_recorded():
    """`expires_in` is a JSON number, the codes come last."""
    written = write_granted(expires_in_s=3600.0, id_token="i", refresh_token="r").decode()
    assert written == (
        '{"expires_in":3600,"token_type":"Bearer","id_token":"i","refresh_token":"r",'
        '"statusCode":"0000","statusMessage":"Successful"}'
    )


def test_a_shortened_life_may_have_decimals():
    """Tests shorten a token's life below a second."""
    written = json.loads(write_granted(expires_in_s=0.5, id_token="i", refresh_token="r"))
    assert written["expires_in"] == 0.5


def test_refusals_are_a_code_and_its_words():
    """As recorded; wrong credentials with the keys the other way round."""
    assert write_refusal("2002") == b'{"statusCode":"2002","statusMessage":"Invalid Payment ID"}'
    assert write_unrecognized("Username does not exist") == (
        b'{"statusMessage":"Username does not exist","statusCode":"9999"}'
    )


def test_times_have_a_colon_before_the_milliseconds():
    """Which is why `new Date()` cannot read them."""
    assert format_time(CREATED_MS) == "2019-09-03T22:55:37:813 GMT+0600"
    assert format_time(0) == "1970-01-01T06:00:00:000 GMT+0600"
