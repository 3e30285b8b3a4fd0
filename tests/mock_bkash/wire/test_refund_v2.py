"""Refund v2 on the wire."""

import json

import pytest

from mock_bkash.ledger import Refund
from mock_bkash.payment import Payment
from mock_bkash.wire import MESSAGES, MalformedBody
from mock_bkash.wire.refund_v2 import (
    read_refund,
    read_status,
    write_refunded,
    write_refusal,
    write_status,
)

GOOD = {"paymentId": "TR1", "trxId": "X1", "refundAmount": "5", "sku": "s", "reason": "r"}
PAYMENT = Payment(
    payment_id="TR1",
    mode="0011",
    amount_text="25",
    amount_poisha=2500,
    currency="BDT",
    intent="sale",
    invoice="i",
    payer_reference="r",
    callback_url="http://shop.test/",
    created_ms=0,
    executed_ms=1718274447000,
    trx_id="BFD90JRLST",
)
REFUND = Refund(
    payment_id="TR1",
    refund_trx_id="BFD80JRLT6",
    amount_text="5",
    amount_poisha=500,
    sku="s",
    reason="r",
    refunded_ms=1718274447123,
)


def encode(**changes) -> bytes:
    fields = {**GOOD, **changes}
    return json.dumps({k: v for k, v in fields.items() if v is not ...}).encode()


def test_a_whole_request_is_read():
    """Names in camel case, an amount as text or number."""
    body = read_refund(encode(refundAmount=5.5))
    assert (body.payment_id, body.trx_id, body.amount_text()) == ("TR1", "X1", "5.5")
    assert not body.asks_status
    assert read_status(encode()).trx_id == "X1"


@pytest.mark.parametrize(
    "changes",
    [
        *({name: ...} for name in GOOD),
        {"sku": ""},
        {"reason": " "},
        {"refundAmount": None},
        {"refundAmount": []},
    ],
    ids=str,
)
def test_a_request_that_lacks_a_field_is_malformed(changes):
    """Sku and reason are mandatory, though they read as optional."""
    with pytest.raises(MalformedBody):
        read_refund(encode(**changes))


def test_answers_have_the_documented_keys_in_their_order():
    """Times without an offset, unless the other source is followed."""
    assert json.loads(write_refunded(PAYMENT, REFUND)) == {
        "originalTrxId": "BFD90JRLST",
        "refundTrxId": "BFD80JRLT6",
        "refundTransactionStatus": "Completed",
        "originalTrxAmount": "25",
        "refundAmount": "5",
        "currency": "BDT",
        "completedTime": "2024-06-13T16:27:27:000",
        "sku": "s",
        "reason": "r",
    }
    status = json.loads(write_status(PAYMENT, [REFUND], with_offset=True))
    assert list(status) == [
        *("originalTrxId", "originalTrxAmount", "originalTrxCompletedTime", "refundTransactions"),
    ]
    assert status["refundTransactions"] == [
        {
            "refundTrxId": "BFD80JRLT6",
            "refundTransactionStatus": "Completed",
            "refundAmount": "5",
            "completedTime": "2024-06-13T16:27:27:000 GMT+0600",
        }
    ]
    assert json.loads(write_status(PAYMENT, []))["refundTransactions"] == []


@pytest.mark.parametrize(
    ("code", "internal"),
    [
        ("2002", "invalid_payment_id"),
        ("2056", "invalid_payment_state"),
        ("2062", "payment_already_completed"),
        ("2072", "refund_amount_exceed_payment_amount"),
        ("3045", "ERROR_REFUND_TRANSACTION_ID_MISMATCH"),
    ],
)
def test_errors_have_four_keys_of_their_own(code: str, internal: str):
    """As recorded: none of them is called as in v1."""
    error = json.loads(write_refusal(code))
    assert list(error) == ["internalCode", "externalCode", "errorMessageEn", "errorMessageBn"]
    assert error == {
        "internalCode": internal,
        "externalCode": code,
        "errorMessageEn": MESSAGES[code],
        "errorMessageBn": None,
    }
