"""Refunds, in both versions."""

from typing import Any

import pytest

V2 = "refund v2"
STATUS_V2 = "refund status v2"
DAY_S = 86_400


def v1(payment_id: str, trx_id: str, **changes: Any) -> dict[str, Any]:
    fields = {"paymentID": payment_id, "trxID": trx_id, "amount": "100", "sku": "s", "reason": "r"}
    return {k: v for k, v in {**fields, **changes}.items() if v is not ...}


def v2(payment_id: str, trx_id: str, **changes: Any) -> dict[str, Any]:
    fields = {"paymentId": payment_id, "trxId": trx_id, "refundAmount": "100"}
    return {**fields, "sku": "s", "reason": "r", **changes}


async def test_a_refund_gives_money_back_and_is_found(shop):
    """In the ledger, by its status and by its transaction."""
    payment_id, trx_id = await shop.paid()
    refunded = await shop.ask("refund", **v1(payment_id, trx_id))
    assert (refunded["originalTrxID"], refunded["amount"]) == (trx_id, "100")
    assert await shop.ask("refund", paymentID=payment_id, trxID=trx_id) == refunded
    ledger = await shop.admin("GET", "ledger")
    assert (ledger["refunded_poisha"], len(ledger["refunds"])) == (10_000, 1)
    found = await shop.ask("search", trxID=refunded["refundTrxID"])
    assert (found["amount"], found["originalTrxAmount"]) == ("100", "1499")
    original = await shop.ask("search", trxID=trx_id)
    assert original["maxRefundableAmount"] == "1399"


async def test_both_versions_see_the_same_refunds(shop):
    """One core under two dialects."""
    payment_id, trx_id = await shop.paid()
    await shop.ask("refund", **v1(payment_id, trx_id))
    status = (await shop.ask(STATUS_V2, paymentId=payment_id, trxId=trx_id))["refundTransactions"]
    assert [line["refundAmount"] for line in status] == ["100"]
    second = await shop.call(V2, v2(payment_id, trx_id, refundAmount="50.5"))
    assert (second.status_code, second.json()["refundAmount"]) == (200, "50.5")
    last = await shop.ask("refund", paymentID=payment_id, trxID=trx_id)
    assert last["amount"] == "50.5"


async def test_v2_gives_back_in_ten_parts_and_no_more(shop):
    """The eleventh has a code, the sum is exact."""
    payment_id, trx_id = await shop.paid(amount="100")
    for part in range(10):
        answer = await shop.call(V2, v2(payment_id, trx_id, refundAmount=f"{part + 1}.01"))
        assert answer.status_code == 200
    answer = await shop.call(V2, v2(payment_id, trx_id, refundAmount="1"))
    assert (answer.status_code, answer.json()["externalCode"]) == (400, "2074")
    assert (await shop.admin("GET", "ledger"))["refunded_poisha"] == 5_510


async def test_v2_never_gives_back_more_than_was_taken(shop):
    """Not in one part and not in two."""
    payment_id, trx_id = await shop.paid(amount="100")
    too_much = await shop.call(V2, v2(payment_id, trx_id, refundAmount="100.01"))
    assert (too_much.status_code, too_much.json()) == (
        400,
        {
            "internalCode": "refund_amount_exceed_payment_amount",
            "externalCode": "2072",
            "errorMessageEn": "Refund amount not valid",
            "errorMessageBn": None,
        },
    )
    await shop.ask(V2, **v2(payment_id, trx_id, refundAmount="60"))
    again = await shop.ask(V2, **v2(payment_id, trx_id, refundAmount="40.01"))
    assert again["externalCode"] == "2072"


async def test_a_repeated_refund_is_refused_for_ten_minutes(shop):
    """A client that did not hear the answer and asks again gives nothing twice."""
    payment_id, trx_id = await shop.paid()
    codes = []
    for wait_s in (0, 599, 1):
        await shop.advance(wait_s)
        codes.append((await shop.ask(V2, **v2(payment_id, trx_id))).get("externalCode"))
    assert codes == [None, "2029", None]


@pytest.mark.parametrize(("name", "days"), [("refund", 15), (V2, 60)])
async def test_refunds_end_after_their_days(shop, name: str, days: int):
    """Counted from the payment."""
    payment_id, trx_id = await shop.paid()
    await shop.advance(days * DAY_S + 1)
    await shop.grant()
    body = v1(payment_id, trx_id) if name == "refund" else v2(payment_id, trx_id)
    answer = await shop.ask(name, **body)
    assert (answer.get("statusCode") or answer.get("externalCode")) == "2071"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"paymentID": ...}, "2065"),
        ({"trxID": ...}, "2065"),
        ({"amount": ...}, "2065"),
        ({"sku": ...}, "2065"),
        ({"reason": ...}, "2065"),
        ({"paymentID": "TR1"}, "2002"),
        ({"trxID": "X"}, "2077"),
        ({"sku": ""}, "2073"),
        ({"sku": "s" * 256}, "2075"),
        ({"reason": ""}, "2078"),
        ({"reason": "r" * 256}, "2076"),
        ({"amount": "0"}, "2072"),
        ({"amount": "1500"}, "2072"),
    ],
    ids=str,
)
async def test_a_wrong_refund_is_refused_and_leaves_nothing(shop, changes, code: str):
    """Field by field, in bKash's codes."""
    body = v1(*await shop.paid(), **changes)
    assert (await shop.ask("refund", **body))["statusCode"] == code
    assert (await shop.admin("GET", "ledger"))["refunds"] == []


async def test_a_number_may_stand_for_a_text(shop):
    """Also in the amount, which comes back as it was written."""
    body = v1(*await shop.paid(), amount=10.5, sku=7)
    assert (await shop.ask("refund", **body))["amount"] == "10.5"


@pytest.mark.parametrize("intent", ["sale", "authorization"])
async def test_what_was_not_taken_is_not_given_back(shop, intent: str):
    """Neither before the execute nor before the capture, nor of an agreement."""
    payment_id = await shop.approved(intent=intent)
    assert (await shop.ask("refund", **v1(payment_id, "X")))["statusCode"] == "2127"
    if intent == "authorization":
        trx_id = (await shop.execute(payment_id))["trxID"]
        assert (await shop.ask("refund", **v1(payment_id, trx_id)))["statusCode"] == "2127"
        await shop.ask("capture", paymentID=payment_id)
        await shop.advance(15 * DAY_S - 1)
        await shop.grant()
        assert (await shop.ask("refund", **v1(payment_id, trx_id)))["statusCode"] == "0000"


async def test_an_agreement_has_nothing_to_give_back(shop):
    """It took nothing."""
    asking = (await shop.ask_agreement())["paymentID"]
    assert (await shop.ask("refund", **v1(asking, "")))["statusCode"] == "2127"


async def test_the_status_of_no_refund(shop):
    """v1 says that the payment is unknown, as bKash's plugin expects; v2 lists nothing."""
    payment_id, trx_id = await shop.paid()
    asked = {"paymentID": payment_id, "trxID": trx_id}
    assert (await shop.ask("refund", **asked))["statusCode"] == "2002"
    assert (await shop.ask("refund", **{**asked, "trxID": "X"}))["statusCode"] == "2077"
    status = await shop.ask(STATUS_V2, paymentId=payment_id, trxId=trx_id)
    assert status["refundTransactions"] == []
    wrong = await shop.call(STATUS_V2, {"paymentId": payment_id, "trxId": "X"})
    assert (wrong.status_code, wrong.json()["internalCode"]) == (
        400,
        "ERROR_REFUND_TRANSACTION_ID_MISMATCH",
    )


@pytest.mark.parametrize("field", ["sku", "reason", "paymentId", "trxId", "refundAmount"])
async def test_v2_wants_every_field(shop, field: str):
    """The schema check in front names none of them."""
    body = v2(*await shop.paid())
    del body[field]
    answer = await shop.call(V2, body)
    assert (answer.status_code, answer.json()) == (400, {"message": "Invalid request body"})


@pytest.mark.parametrize("name", [V2, STATUS_V2])
async def test_v2_is_guarded_like_the_rest(shop, name: str):
    """By the same token and app key, in the errors of its own dialect."""
    body = v2("TR1", "X")
    unknown = await shop.call(name, body)
    assert (unknown.status_code, unknown.json()["internalCode"]) == (400, "invalid_payment_id")
    assert (await shop.call(name, body, authorization="x")).status_code == 401
    other = await shop.call(name, body, x_app_key="other")
    assert (other.status_code, other.json()["externalCode"]) == (400, "2001")


async def test_refusals_can_be_asked_for(shop):
    """By the invoice of the payment; a transient one is given once."""
    payment_id, trx_id = await shop.paid(merchantInvoiceNumber="mock-refund-2003")
    codes = [(await shop.ask("refund", **v1(payment_id, trx_id)))["statusCode"] for _ in range(2)]
    assert codes == ["2003", "0000"]
    payment_id, trx_id = await shop.paid(merchantInvoiceNumber="mock-refund-status-2082")
    asked = await shop.ask("refund", paymentID=payment_id, trxID=trx_id)
    assert asked["statusCode"] == "2082"
    asked = await shop.ask(STATUS_V2, paymentId=payment_id, trxId=trx_id)
    assert asked["externalCode"] == "2082"


async def test_calls_are_counted_under_their_own_names(shop):
    """Refund and its status share a path and no operation."""
    payment_id, trx_id = await shop.paid()
    await shop.ask("refund", **v1(payment_id, trx_id))
    await shop.ask("refund", paymentID=payment_id, trxID=trx_id)
    await shop.ask(V2, **v2(payment_id, trx_id, refundAmount="1"))
    await shop.ask(STATUS_V2, paymentId=payment_id, trxId=trx_id)
    calls = (await shop.admin("GET", "counters"))["calls"]
    assert (calls["refund_payment"], calls["refund_status"]) == (2, 2)
