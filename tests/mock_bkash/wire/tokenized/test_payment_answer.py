"""Bodies of answers about payments, against recordings: key order, types and words."""

import json

import pytest

from mock_bkash.agreement import Agreement
from mock_bkash.choice import CallbackForm
from mock_bkash.ledger import Refund
from mock_bkash.payment import Payment, PaymentState
from mock_bkash.wire.tokenized import (
    write_created,
    write_executed,
    write_found,
    write_found_refund,
    write_queried,
    write_settled,
)

FORM = CallbackForm.SIGNED
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
    assert write_created(payment, page_url="http://mock/page", form=FORM).decode() == CREATED


def test_execute_answers_as_recorded(payment: Payment):
    """The trace of 2019, byte for byte."""
    complete(payment)
    assert write_executed(payment).decode() == EXECUTED


def test_query_of_a_completed_payment_answers_as_recorded(payment: Payment):
    """The keys of 2023 in their order; the invoice is called otherwise here."""
    complete(payment)
    answer = json.loads(write_queried(payment, None))
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
    answer = json.loads(write_queried(payment, None))
    assert [k for k in QUERY_KEYS if k not in answer] == ["paymentExecuteTime", "trxID"]
    assert answer["transactionStatus"] == "Initiated"
    assert answer["verificationStatus"] == verification


def test_search_answers_as_recorded(payment: Payment):
    """The keys of 2023 in their order, and those that only newer answers have, all texts."""
    complete(payment)
    answer = json.loads(write_found(payment, refundable="1499"))
    assert [key for key in answer if key in SEARCH_KEYS] == SEARCH_KEYS
    assert set(answer) - set(SEARCH_KEYS) == {
        *("payerAccount", "payerType", "serviceFee", "creditedAmount", "maxRefundableAmount")
    }
    assert answer["completedTime"] == "2019-09-03T23:00:58:000 GMT+0600"
    assert all(isinstance(value, str) for value in answer.values())


def test_a_payment_by_agreement_names_it(payment: Payment):
    """In create, execute and query, behind the payment's own id."""
    payment.mode, payment.agreement_id = "0001", "Tokenized1"
    agreement = Agreement(
        agreement_id="Tokenized1",
        payment_id="AG1",
        payer_reference="r",
        wallet="01770618575",
        by_shopper=True,
        created_ms=CREATED_MS,
        executed_ms=EXECUTED_MS,
    )
    created = json.loads(write_created(payment, page_url=None, form=FORM))
    assert list(created)[2:5] == ["paymentID", "agreementID", "callbackURL"]
    complete(payment)
    assert list(json.loads(write_executed(payment)))[2:5] == [
        *("paymentID", "agreementID", "payerReference"),
    ]
    assert json.loads(write_queried(payment, agreement))["agreementStatus"] == "Completed"
    agreement.cancelled_ms = EXECUTED_MS
    queried = json.loads(write_queried(payment, agreement))
    assert queried["agreementStatus"] == "Cancelled"
    assert queried["agreementExecuteTime"] == "2019-09-03T23:00:58:366 GMT+0600"


def test_execute_of_2025_tells_who_paid(payment: Payment):
    """payerType and payerAccount, behind the wallet that they repeat."""
    complete(payment)
    keys = list(json.loads(write_executed(payment, payer_fields=True)))
    assert keys[4:7] == ["customerMsisdn", "payerType", "payerAccount"]


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (PaymentState.AUTHORIZED, "Authorized"),
        (PaymentState.VOIDED, "Cancelled"),
        (PaymentState.EXPIRED, "Expired"),
    ],
)
def test_query_tells_what_became_of_it(payment: Payment, state: PaymentState, status: str):
    """Held, let go, too late."""
    payment.state = state
    assert json.loads(write_queried(payment, None))["transactionStatus"] == status


def test_capture_and_void_tell_two_times(payment: Payment):
    """When it was created, and when it was settled."""
    complete(payment)
    payment.settled_ms = EXECUTED_MS
    assert json.loads(write_settled(payment)) == {
        "statusCode": "0000",
        "statusMessage": "Successful",
        "paymentID": "TR0011DV1567529737718",
        "createTime": "2019-09-03T22:55:37:813 GMT+0600",
        "updateTime": "2019-09-03T23:00:58:366 GMT+0600",
        "trxID": "6I3801RD1Q",
        "transactionStatus": "Completed",
    }


def test_a_refund_that_is_found_says_of_how_much(payment: Payment):
    """originalTrxAmount is in no other answer of search."""
    complete(payment)
    refund = Refund(
        payment_id=payment.payment_id,
        refund_trx_id="RFND000001",
        amount_text="500",
        amount_poisha=50_000,
        sku="s",
        reason="r",
        refunded_ms=EXECUTED_MS,
    )
    found = json.loads(write_found_refund(payment, refund))
    assert (found["trxID"], found["amount"], found["originalTrxAmount"]) == (
        *("RFND000001", "500", "1499"),
    )
    assert "maxRefundableAmount" not in found
