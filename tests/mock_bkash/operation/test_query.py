"""Query."""

import pytest


async def test_query_tells_whether_money_moved(shop):
    """Initiated, then Completed with the transaction that execute named."""
    payment_id = await shop.approved(merchantInvoiceNumber="inv-9")
    before = await shop.query(payment_id)
    assert (before["transactionStatus"], before["verificationStatus"]) == ("Initiated", "Complete")
    assert "trxID" not in before
    executed = await shop.execute(payment_id)
    after = await shop.query(payment_id)
    assert (after["transactionStatus"], after["trxID"]) == ("Completed", executed["trxID"])
    assert after["paymentExecuteTime"] == executed["paymentExecuteTime"]
    assert after["merchantInvoice"] == "inv-9"


@pytest.mark.parametrize(("body", "code"), [({}, "2065"), ({"paymentID": "TR1"}, "2002")])
async def test_a_payment_that_is_not_named_or_not_known(shop, body, code: str):
    """Each has its code."""
    assert (await shop.call("query", body)).json()["statusCode"] == code
