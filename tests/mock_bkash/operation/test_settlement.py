"""Authorization, capture, void."""

import pytest


async def authorized(shop) -> str:
    payment_id = await shop.approved(intent="authorization")
    executed = await shop.execute(payment_id)
    assert executed["transactionStatus"] == "Authorized"
    return payment_id


async def test_an_authorization_moves_no_money_before_its_capture(shop):
    """Execute holds it; capture takes it, under the same transaction."""
    payment_id = await authorized(shop)
    assert (await shop.admin("GET", "ledger"))["captures"] == []
    held = await shop.query(payment_id)
    assert (held["transactionStatus"], held["verificationStatus"]) == ("Authorized", "Complete")
    found = await shop.ask("search", trxID=held["trxID"])
    assert (found["transactionStatus"], found["maxRefundableAmount"]) == ("Authorized", "0")
    await shop.advance(3599)
    captured = await shop.ask("capture", paymentID=payment_id)
    assert (captured["transactionStatus"], captured["trxID"]) == ("Completed", held["trxID"])
    (capture,) = (await shop.admin("GET", "ledger"))["captures"]
    assert capture["captured_at"] == captured["updateTime"]
    assert (await shop.query(payment_id))["transactionStatus"] == "Completed"


async def test_a_void_lets_the_money_go(shop):
    """Nothing was taken, and nothing can be any more."""
    payment_id = await authorized(shop)
    voided = await shop.ask("void", paymentID=payment_id)
    assert voided["transactionStatus"] == "Cancelled"
    assert (await shop.query(payment_id))["transactionStatus"] == "Cancelled"
    assert (await shop.admin("GET", "ledger"))["captures"] == []


@pytest.mark.parametrize("first", ["capture", "void"])
@pytest.mark.parametrize("second", ["capture", "void"])
async def test_an_authorization_is_settled_once(shop, first: str, second: str):
    """The second of the two has its code, whichever it is."""
    payment_id = await authorized(shop)
    assert (await shop.ask(first, paymentID=payment_id))["statusCode"] == "0000"
    assert (await shop.ask(second, paymentID=payment_id))["statusCode"] == "2119"
    assert (await shop.execute(payment_id))["statusCode"] == "2062"


@pytest.mark.parametrize("name", ["capture", "void"])
async def test_what_holds_no_money_cannot_be_settled(shop, name: str):
    """Not named, not known, not executed, sold at once."""
    assert (await shop.ask(name))["statusCode"] == "2065"
    assert (await shop.ask(name, paymentID="TR1"))["statusCode"] == "2002"
    waiting = await shop.approved(intent="authorization")
    assert (await shop.ask(name, paymentID=waiting))["statusCode"] == "2056"
    sold, _ = await shop.paid()
    assert (await shop.ask(name, paymentID=sold))["statusCode"] == "2056"


@pytest.mark.parametrize("name", ["capture", "void"])
async def test_a_refusal_can_be_asked_for(shop, name: str):
    """And leaves the money on hold."""
    payment_id = await shop.approved(
        intent="authorization", merchantInvoiceNumber=f"mock-{name}-2003"
    )
    await shop.execute(payment_id)
    assert (await shop.ask(name, paymentID=payment_id))["statusCode"] == "2003"
    assert (await shop.ask(name, paymentID=payment_id))["statusCode"] == "0000"


async def test_void_has_a_second_spelling(shop):
    """Below capture, as in older samples."""
    payment_id = await authorized(shop)
    path = "/v1.2.0-beta/tokenized/checkout/payment/confirm/capture/void"
    assert (await shop.ask(path, paymentID=payment_id))["transactionStatus"] == "Cancelled"
