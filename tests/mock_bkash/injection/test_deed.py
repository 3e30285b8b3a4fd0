"""What a call does under a fault."""

import pytest

from mock_bkash.wire.refund_v2 import write_refusal as write_v2_refusal


async def call_of(shop) -> dict:
    return (await shop.admin("GET", "journal"))["calls"][-1]


async def captures(shop) -> int:
    return len((await shop.admin("GET", "ledger"))["captures"])


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(
    ("fault", "status", "body"),
    [
        ("status;status=502", 502, {"message": "Internal server error"}),
        ("status;status=503;message=later", 503, {"message": "later"}),
        (
            "code;code=2003",
            200,
            {"statusCode": "2003", "statusMessage": "Process failed"},
        ),
    ],
)
async def test_an_error_tells_nothing_about_what_happened(
    shop, moment: str, fault: str, status: int, body: dict
):
    """R3, R9: the same answer, and the money moved or did not."""
    payment_id = await shop.approved()
    asked = f"{fault};moment={moment}"
    answer = await shop.call("execute", {"paymentID": payment_id}, x_mock_fault=asked)
    assert (answer.status_code, answer.json()) == (status, body)
    assert await captures(shop) == (1 if moment == "after" else 0)
    call = await call_of(shop)
    assert call["fault"].endswith(moment)
    assert (call["status"], call["code"] == "0000") == (status, moment == "after")


async def test_a_page_for_people_is_no_json(shop):
    """R5: with any status that is asked for."""
    payment_id = await shop.approved()
    body = {"paymentID": payment_id}
    page = await shop.call("execute", body, x_mock_fault="html;moment=after;status=502")
    assert (page.status_code, page.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert page.text.startswith("<!DOCTYPE html>")
    assert await captures(shop) == 1
    page = await shop.call("query", body, x_mock_fault="html")
    assert (page.status_code, (await call_of(shop))["code"]) == (200, "html")


async def test_a_duplicated_execute_moves_the_money_once(shop):
    """The client gets the answer of the second, unless the first was asked for."""
    for answer, code in (("second", "2117"), ("first", "0000")):
        payment_id = await shop.approved(merchantInvoiceNumber=answer)
        asked = f"duplicate;answer={answer}"
        done = await shop.call("execute", {"paymentID": payment_id}, x_mock_fault=asked)
        assert done.json()["statusCode"] == code
    assert await captures(shop) == 2


async def test_a_duplicated_create_makes_two_payments(shop):
    """bKash has no idempotency key."""
    created = await shop.call("create", shop.order(), x_mock_fault="duplicate")
    payments = (await shop.admin("GET", "payments"))["payments"]
    assert [p["invoice"] for p in payments] == ["inv-1", "inv-1"]
    assert payments[1]["payment_id"] == created.json()["paymentID"]


async def test_query_lags_behind_an_execute_and_catches_up(shop):
    """R10: Initiated for as long as was asked, then Completed; the payment was so all the time."""
    payment_id = await shop.approved()
    await shop.admin("PUT", "faults", json={"plan": "query-lag"})
    assert (await shop.query(payment_id))["transactionStatus"] == "Initiated"
    done = await shop.execute(payment_id)
    for _ in range(2):
        known = await shop.query(payment_id)
        assert known["transactionStatus"] == "Initiated"
        assert "trxID" not in known
    assert (await shop.execute(payment_id))["statusCode"] == "2062"
    await shop.admin("POST", "clock", json={"advance_s": 30})
    known = await shop.query(payment_id)
    assert (known["transactionStatus"], known["trxID"]) == ("Completed", done["trxID"])
    (plan,) = (await shop.admin("GET", "faults"))["plans"]
    assert plan["faults"][0]["fired"] == 2


@pytest.mark.parametrize("scheme", ["", "Bearer "])
async def test_a_revoked_token_is_dead_and_nothing_was_captured(shop, scheme: str):
    """T4, T14: 401, once more 401, and a fresh token goes."""
    payment_id = await shop.approved()
    body, bearer = {"paymentID": payment_id}, scheme + shop.id_token
    answer = await shop.call("execute", body, authorization=bearer, x_mock_fault="token-revoked")
    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthorized"})
    assert (await call_of(shop))["fault"] == "token_revoked"
    assert (await shop.call("execute", body)).status_code == 401
    assert await captures(shop) == 0
    await shop.grant()
    assert (await shop.execute(payment_id))["statusCode"] == "0000"


async def test_one_field_says_something_else(shop):
    """R35: the amount, and a field that is missing."""
    payment_id = await shop.approved()
    body = {"paymentID": payment_id}
    done = await shop.call("execute", body, x_mock_fault="altered-amount")
    assert done.json()["amount"] == "1"
    ledger = await shop.admin("GET", "ledger")
    assert ledger["captures"][0]["amount_poisha"] == 149_900
    known = await shop.call("query", body, x_mock_fault="alter;field=trxID")
    assert "trxID" not in known.json()


async def test_a_token_can_be_granted_for_any_time(shop):
    """T7: a text, 0, less than nothing."""
    for value in ('"3600"', "0", "-1", "1e9"):
        answer = await shop.call(
            "grant",
            {"app_key": "shop", "app_secret": shop.app_secret},
            username=shop.username,
            password=shop.password,
            x_mock_fault=f"alter;field=expires_in;value={value}",
        )
        assert answer.json()["expires_in"] == (float(value) if value[0] != '"' else "3600")


async def test_a_code_is_told_in_the_dialect_of_the_call(shop):
    """Refund v2 has other keys and HTTP 400; a token call those of its own."""
    answer = await shop.call(
        "/v2/tokenized-checkout/refund/payment/status",
        {"paymentId": "TR1", "trxId": "X"},
        x_mock_fault="code;code=2080",
    )
    assert (answer.status_code, answer.content) == (400, write_v2_refusal("2080"))
    answer = await shop.call(
        "grant",
        {"app_key": "shop", "app_secret": shop.app_secret},
        username=shop.username,
        password=shop.password,
        x_mock_fault="code;code=503",
    )
    assert (answer.status_code, answer.json()["statusCode"]) == (200, "503")


async def test_a_garbled_answer_says_nothing_that_can_be_read(shop):
    """It arrives whole and with status 200; the money has moved."""
    payment_id = await shop.approved()
    body = {"paymentID": payment_id}
    garbled = await shop.call("execute", body, x_mock_fault="malformed")
    assert garbled.status_code == 200
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|Extra data"):
        garbled.json()
    assert await captures(shop) == 1
