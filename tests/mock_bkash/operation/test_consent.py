"""Agreements, from the asking to the end."""

import pytest


async def test_an_agreement_is_asked_for_approved_and_executed(shop):
    """No money moves, and it is active."""
    created = await shop.ask_agreement()
    assert created["agreementStatus"] == "Initiated"
    assert await shop.confirm(created, "01770618575") == "success"
    executed = await shop.execute(created["paymentID"])
    assert executed["agreementStatus"] == "Completed"
    status = await shop.ask("agreement status", agreementID=executed["agreementID"])
    assert (status["statusCode"], status["agreementStatus"]) == ("0000", "Completed")
    assert (await shop.admin("GET", "ledger"))["captures"] == []


async def test_a_payment_by_agreement_asks_for_the_pin_alone(shop):
    """The wallet is the agreement's, and the answers name it."""
    agreement_id = await shop.agree(wallet="01929918378")
    created = await shop.create(mode="0001", agreementID=agreement_id)
    assert created["agreementID"] == agreement_id
    page = (await shop.http.get(shop.page(created))).text
    assert 'name="pin"' in page
    assert await shop.confirm(created) == "success"
    executed = await shop.execute(created["paymentID"])
    assert (executed["agreementID"], executed["customerMsisdn"]) == (agreement_id, "01929918378")
    queried = await shop.query(created["paymentID"])
    assert (queried["mode"], queried["agreementStatus"]) == ("0001", "Completed")


async def test_a_payment_by_agreement_is_a_duplicate_like_any_other(shop):
    """Its shopper entered the wallet, once."""
    agreement_id = await shop.agree(wallet="01929918378")
    codes = []
    for _ in range(2):
        created = await shop.create(mode="0001", agreementID=agreement_id)
        codes.append(await shop.confirm(created))
        await shop.execute(created["paymentID"])
    assert codes == ["success", "failure"]


@pytest.mark.parametrize("approve", ["page", "auto"])
async def test_agreements_work_without_a_page(open_shop, approve: str):
    """As approved by the admin API, or by nobody."""
    shop = open_shop(approve=approve)
    await shop.grant()
    for _ in range(2):
        agreement_id = await shop.agree()
    payment_id, _ = await shop.paid(mode="0001", agreementID=agreement_id)
    assert (await shop.query(payment_id))["transactionStatus"] == "Completed"


async def test_cancelling_ends_an_agreement_once(shop):
    """The time of the end stays; a second cancel has its code."""
    agreement_id = await shop.agree()
    cancelled = await shop.ask("agreement cancel", agreementID=agreement_id)
    assert (cancelled["statusCode"], cancelled["agreementStatus"]) == ("0000", "Cancelled")
    status = await shop.ask("agreement status", agreementID=agreement_id)
    assert status == cancelled
    again = await shop.ask("agreement cancel", agreementID=agreement_id)
    assert again["statusCode"] == "2053"
    refused = await shop.create(mode="0001", agreementID=agreement_id)
    assert refused["statusCode"] == "2053"


async def test_a_payment_whose_agreement_ended_meanwhile_is_not_executed(shop):
    """It was approved under a consent that is no more."""
    agreement_id = await shop.agree()
    payment_id = await shop.approved(mode="0001", agreementID=agreement_id)
    await shop.ask("agreement cancel", agreementID=agreement_id)
    assert (await shop.execute(payment_id))["statusCode"] == "2055"
    assert (await shop.admin("GET", "ledger"))["captures"] == []


@pytest.mark.parametrize("name", ["agreement status", "agreement cancel"])
async def test_what_is_no_agreement_has_its_code(shop, open_shop, name: str):
    """Missing, unknown, not executed yet, another merchant's."""
    assert (await shop.ask(name))["statusCode"] == "2065"
    assert (await shop.ask(name, agreementID="Tokenized1"))["statusCode"] == "2051"
    payment_id, _ = await shop.paid()
    assert (await shop.ask(name, agreementID=payment_id))["statusCode"] == "2051"
    asking = (await shop.ask_agreement())["paymentID"]
    assert (await shop.ask(name, agreementID=asking))["statusCode"] == "2052"
    other = open_shop(at=shop, app_key="other")
    await other.grant()
    theirs = await other.agree()
    assert (await shop.ask(name, agreementID=theirs))["statusCode"] == "2051"


async def test_a_payment_by_what_is_no_agreement_is_not_created(shop):
    """Incomplete, or unknown."""
    asking = (await shop.ask_agreement())["paymentID"]
    assert (await shop.create(mode="0001", agreementID=asking))["statusCode"] == "2052"
    assert (await shop.create(mode="0001", agreementID="Tok1"))["statusCode"] == "2051"


async def test_an_agreement_shows_in_the_timeline_of_its_payment(shop):
    """With what was asked about it, under its own operations."""
    asking = (await shop.ask_agreement())["paymentID"]
    await shop.admin("POST", f"payments/{asking}/approve")
    agreement_id = (await shop.execute(asking))["agreementID"]
    await shop.query(asking)
    await shop.ask("agreement status", agreementID=agreement_id)
    await shop.ask("agreement cancel", agreementID=agreement_id)
    timeline = await shop.admin("GET", f"payments/{asking}/timeline")
    assert [call["operation"] for call in timeline["calls"]] == [
        *("create_agreement", "execute_agreement", "query_agreement", "query_agreement"),
        "cancel_agreement",
    ]


@pytest.mark.parametrize(
    ("step", "name"),
    [("agreement-status", "agreement status"), ("agreement-cancel", "agreement cancel")],
)
async def test_a_refusal_can_be_asked_for_by_reference(shop, step: str, name: str):
    """For what has no natural way."""
    agreement_id = await shop.agree(payerReference=f"mock-{step}-2066")
    assert (await shop.ask(name, agreementID=agreement_id))["statusCode"] == "2066"
