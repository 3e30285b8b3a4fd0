"""What is checked when a shopper confirms."""

import pytest


async def declined(shop, payment_id: str) -> str | None:
    payments = (await shop.admin("GET", "payments"))["payments"]
    code: str | None = next(p["declined_with"] for p in payments if p["payment_id"] == payment_id)
    return code


@pytest.mark.parametrize(
    ("wallet", "code"),
    [("01823074817", "2023"), ("01823074818", "2037"), ("01900002045", "2045")],
)
async def test_refusing_wallets_refuse_after_the_pin(shop, wallet: str, code: str):
    """Insufficient balance and debit block, as the sandbox's do; others by their number."""
    created = await shop.create()
    assert await shop.confirm(created, wallet) == "failure"
    assert await declined(shop, created["paymentID"]) == code
    assert (await shop.execute(created["paymentID"]))["statusCode"] == "2056"


async def test_a_second_equal_payment_within_minutes_is_a_duplicate(shop):
    """Failure in the callback, and later it is none any more."""
    first = await shop.create()
    assert await shop.confirm(first, "01770618575") == "success"
    assert (await shop.execute(first["paymentID"]))["statusCode"] == "0000"
    second = await shop.create()
    assert await shop.confirm(second, "01770618575") == "failure"
    assert await declined(shop, second["paymentID"]) == "2029"
    assert await shop.confirm(await shop.create(), "01929918378") == "success"
    assert await shop.confirm(await shop.create(amount="1500"), "01770618575") == "success"
    await shop.advance(300)
    assert await shop.confirm(await shop.create(), "01770618575") == "success"


async def test_the_window_may_be_productions_or_none(open_shop):
    """Two minutes there."""
    for window_s, wait_s, status in ((120, 119, "failure"), (120, 120, "success")):
        shop = open_shop(duplicate_window_s=window_s)
        await shop.grant()
        created = await shop.create()
        await shop.confirm(created, "01770618575")
        await shop.execute(created["paymentID"])
        await shop.advance(wait_s)
        assert await shop.confirm(await shop.create(), "01770618575") == status


async def test_payments_that_the_mock_approves_are_never_duplicates(open_shop):
    """All shoppers of a load run have one wallet."""
    shop = open_shop(approve="auto")
    await shop.grant()
    for _ in range(3):
        created = await shop.create()
        assert (await shop.execute(created["paymentID"]))["statusCode"] == "0000"


async def test_an_agreement_needs_no_balance(shop):
    """It takes nothing yet; the payment by it does."""
    agreement_id = await shop.agree(wallet="01823074817")
    created = await shop.create(mode="0001", agreementID=agreement_id)
    assert await shop.confirm(created) == "failure"
    assert await declined(shop, created["paymentID"]) == "2023"


async def test_a_second_agreement_of_the_same_parties_is_refused(shop):
    """Under another reference it is another."""
    await shop.agree(wallet="01770618575", payerReference="user-1")
    again = await shop.ask_agreement(payerReference="user-1")
    assert await shop.confirm(again, "01770618575") == "failure"
    assert await declined(shop, again["paymentID"]) == "2050"
    other = await shop.ask_agreement(payerReference="user-2")
    assert await shop.confirm(other, "01770618575") == "success"


async def test_a_refusal_can_be_asked_for_by_invoice(shop):
    """Also of an agreement, by its reference."""
    created = await shop.create(merchantInvoiceNumber="mock-page-2038")
    assert await shop.confirm(created, "01770618575") == "failure"
    asked = await shop.ask_agreement(payerReference="mock-page-2058")
    assert await shop.confirm(asked, "01770618575") == "failure"
    assert await declined(shop, asked["paymentID"]) == "2058"
