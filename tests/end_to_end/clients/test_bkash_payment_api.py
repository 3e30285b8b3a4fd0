"""npm bkash-payment-api 1.0.2: what of it can work passes, and what cannot is on record.

The ledger and the journal of the mock are believed, not the client.
"""

import pytest

pytestmark = [pytest.mark.real_time, pytest.mark.node]

HOUR_S = 3600
SHOPPERS = 5


def config(desk, app_key: str = "shop-key", **changes: str) -> dict[str, str]:
    return {
        "baseURL": desk.base_url,
        "username": "shop",
        "password": "shop-password",
        "key": app_key,
        "secret": "shop-secret",
        **changes,
    }


def order(amount: float = 500.5, order_id: str = "INV-1", intent: str = "sale"):
    callback = "http://127.0.0.1:9/callback"
    return {"amount": amount, "orderID": order_id, "intent": intent, "callBack": callback}


@pytest.fixture
def client(open_client, desk):
    return open_client("bkash-payment-api", config(desk))


def test_a_payment_is_made_and_given_back(client, desk, approve):
    """createPayment with Bearer, executePayment with the bare token, both refund calls."""
    created = client.answer("createPayment", order())
    assert "status=success" in approve(created["bkashURL"])
    executed = client.answer("executePayment", created["paymentID"])
    assert (executed["statusCode"], executed["transactionStatus"]) == ("0000", "Completed")
    ids = {"paymentID": created["paymentID"], "trxID": executed["trxID"]}
    refund = {**ids, "amount": "100", "sku": "SKU-1"}
    # bKash's fifth field is not in the client's type; without it the refund is refused.
    assert client.answer("refundTransaction", refund)["statusCode"] == "2065"
    refunded = client.answer("refundTransaction", {**refund, "reason": "size"})
    stands = client.answer("refundStatus", executed["trxID"], created["paymentID"])
    assert stands["refundTrxID"] == refunded["refundTrxID"]
    ledger = desk.ask("ledger")
    assert [c["trx_id"] for c in ledger["captures"]] == [executed["trxID"]]
    assert [r["amount_poisha"] for r in ledger["refunds"]] == [10_000]
    book = {
        "ref": "INV-1",
        "order": "INV-1",
        "payment_id": created["paymentID"],
        "amount_poisha": 50_050,
        "invoice": "INV-1",
        "status": "paid",
        "fulfilments": 1,
        "refunded_poisha": 10_000,
    }
    verdict = desk.judge(book)
    assert verdict["ok"], verdict
    assert desk.calls() == {
        "token_grant": 1,
        "create_payment": 1,
        "execute_payment": 1,
        "refund_payment": 2,
        "refund_status": 1,
    }


def test_money_is_held_and_cannot_be_taken(client, desk):
    """createPayment knows intent authorization, and the package has no capture."""
    created = client.answer("createPayment", order(intent="authorization"))
    held = client.answer("executePayment", created["paymentID"])
    assert held["transactionStatus"] == "Authorized"
    assert desk.ask("ledger")["captures"] == []


@pytest.mark.parametrize("call", ["queryPayment", "searchTransaction"])
def test_a_call_by_get_with_a_body_never_leaves_the_process(client, desk, call: str):
    """fetch refuses it, by its specification; bKash would too, for it is POST there."""
    client.answer("createPayment", order())
    raised = client.result(call, "TR0011x")["raised"]
    assert raised["name"] == "TypeError"
    assert raised["message"] == "Request with GET/HEAD method cannot have body."
    assert desk.calls() == {"token_grant": 1, "create_payment": 1}


def test_a_cold_token_is_granted_to_each_shopper_anew(client, desk):
    """No single flight: five shoppers at once, five grants, where bKash allows two an hour."""
    calls = [
        {"name": "createPayment", "arguments": [order(10 + number, f"INV-{number}")]}
        for number in range(SHOPPERS)
    ]
    results = client.together(*calls)["results"]
    assert {result["answer"]["statusCode"] for result in results} == {"0000"}
    assert desk.calls()["token_grant"] == SHOPPERS


def test_a_token_is_refreshed_before_its_end(client, desk):
    """100 s before, with the refresh token, and the payment that waits for it goes through."""
    client.answer("createPayment", order())
    for age_s, refreshes in ((HOUR_S - 110, 0), (20, 1)):
        client.advance(age_s)
        desk.ask("clock", {"advance_s": age_s})
        assert client.answer("createPayment", order())["statusCode"] == "0000"
        assert desk.calls().get("token_refresh", 0) == refreshes
    assert desk.calls()["token_grant"] == 1


def test_a_refused_token_is_not_replaced(client, desk):
    """A 401 is handed over as if it were an answer, and no token call follows."""
    created = client.answer("createPayment", order())
    desk.ask("clock", {"advance_s": HOUR_S + 1})
    for call, argument in (("createPayment", order()), ("executePayment", created["paymentID"])):
        assert client.answer(call, argument) == {"message": "Unauthorized"}
    assert desk.calls()["token_grant"] == 1


def test_wrong_credentials_are_noticed_only_at_the_next_call(open_client, client, desk):
    """The refused grant leaves no token; create goes with `Bearer undefined` and gets 401."""
    client.answer("createPayment", order())
    wrong = open_client("bkash-payment-api", config(desk, secret="wrong"))
    assert wrong.answer("createPayment", order()) == {"message": "Unauthorized"}
    assert desk.ask("counters")["errors"] == {"9999": 1, "401": 1}


def test_a_lost_answer_is_called_a_timeout_and_cannot_be_asked_about(client, desk):
    """At once, not after 30 s; "please query", by the query that cannot be made.

    And the timer that should have ended the call keeps the process alive for its 30 s.
    """
    created = client.answer("createPayment", order())
    desk.plan_fault("response-lost")
    said = client.together({"name": "executePayment", "arguments": [created["paymentID"]]})
    raised = said["results"][0]["raised"]
    assert raised["name"] == "BkashException"
    assert raised["message"].startswith("Timeout of 30 Seconds Exceeded")
    assert said["timers"] == 1
    assert len(desk.ask("ledger")["captures"]) == 1
    assert "raised" in client.result("queryPayment", created["paymentID"])
