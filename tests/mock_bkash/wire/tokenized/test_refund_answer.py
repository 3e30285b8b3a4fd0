"""The answer to a refund, v1."""

import json

from mock_bkash.ledger import Refund
from mock_bkash.payment import Payment
from mock_bkash.wire.tokenized import write_refunded


def test_a_refund_answers_as_documented():
    """The amount as it was asked for; the charge has two decimals."""
    payment = Payment(
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
        trx_id="6H7801QFYM",
    )
    refund = Refund(
        payment_id="TR1",
        refund_trx_id="6HD901QZ5B",
        amount_text="15",
        amount_poisha=1500,
        sku="s",
        reason="r",
        refunded_ms=1567529737813,
    )
    assert json.loads(write_refunded(payment, refund)) == {
        "statusCode": "0000",
        "statusMessage": "Successful",
        "originalTrxID": "6H7801QFYM",
        "refundTrxID": "6HD901QZ5B",
        "transactionStatus": "Completed",
        "amount": "15",
        "currency": "BDT",
        "charge": "0.00",
        "completedTime": "2019-09-03T22:55:37:813 GMT+0600",
    }
