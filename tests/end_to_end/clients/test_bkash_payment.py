"""npm bkash-payment 3.0.5: all of its calls pass, and what it does wrong is on record.

The ledger and the journal of the mock are believed, not the client.
"""

import pytest

pytestmark = [pytest.mark.real_time, pytest.mark.node]

CALLBACK = "http://127.0.0.1:9/callback"
HOUR_S = 3600
SHOPPERS = 5


def config(desk, app_key: str = "shop-key", **changes: str) -> dict[str, str]:
    return {
        "base_url": desk.base_url,
        "username": "shop",
        "password": "shop-password",
        "app_key": app_key,
        "app_secret": "shop-secret",
        **changes,
    }


def order(amount: float = 500.5, order_id: str = "INV-1", **changes: str) -> dict[str, object]:
    return {"amount": amount, "callbackURL": CALLBACK, "orderID": order_id, **changes}


@pytest.fixture
def client(open_client, desk):
    return open_client("bkash-payment", config(desk))


def booked(executed, **changes):
    return {
        "ref": executed["merchantInvoiceNumber"],
        "order": executed["merchantInvoiceNumber"],
        "payment_id": executed["paymentID"],
        "amount_poisha": round(float(executed["amount"]) * 100),
        "invoice": executed["merchantInvoiceNumber"],
        "status": "paid",
        "fulfilments": 1,
        "refunded_poisha": 0,
        **changes,
    }


def test_a_payment_is_made_found_and_given_back(client, desk, approve):
    """createPayment, executePayment, queryPayment, searchTransaction, refundTransaction."""
    created = client.answer("createPayment", order(reference="01770618575"))
    assert "status=success" in approve(created["bkashURL"])
    executed = client.answer("executePayment", created["paymentID"])
    queried = client.answer("queryPayment", created["paymentID"])
    found = client.answer("searchTransaction", executed["trxID"])
    refunded = client.answer(
        "refundTransaction",
        {"paymentID": created["paymentID"], "trxID": executed["trxID"], "amount": 100},
    )
    for answer in (executed, queried, found, refunded):
        assert (answer["statusCode"], answer["transactionStatus"]) == ("0000", "Completed")
    ledger = desk.ask("ledger")
    (capture,), (refund,) = ledger["captures"], ledger["refunds"]
    assert (capture["trx_id"], capture["amount_poisha"]) == (executed["trxID"], 50_050)
    assert (refund["refund_trx_id"], refund["amount_poisha"]) == (refunded["refundTrxID"], 10_000)
    verdict = desk.judge(booked(executed, refunded_poisha=10_000))
    assert verdict["ok"], verdict
    assert desk.calls() == {
        "token_grant": 1,
        "create_payment": 1,
        "execute_payment": 1,
        "query_payment": 1,
        "search_transaction": 1,
        "refund_status": 1,
        "refund_payment": 1,
    }


def test_money_is_held_and_then_taken_or_let_go(client, desk):
    """createAuthPayment, executePayment, captureAuthPayment, voidAuthPayment."""
    ends = {}
    for call, invoice, amount in (
        ("captureAuthPayment", "INV-2", 700),
        ("voidAuthPayment", "INV-3", 800),
    ):
        created = client.answer("createAuthPayment", order(amount, invoice))
        held = client.answer("executePayment", created["paymentID"])
        assert held["transactionStatus"] == "Authorized"
        settled = client.answer(call, created["paymentID"])
        ends[settled["transactionStatus"]] = held
        assert client.answer(call, created["paymentID"])["statusCode"] == "2119"
    assert [c["amount_poisha"] for c in desk.ask("ledger")["captures"]] == [70_000]
    verdict = desk.judge(
        booked(ends["Completed"]), booked(ends["Cancelled"], status="voided", fulfilments=0)
    )
    assert verdict["ok"], verdict


def test_an_agreement_is_made_used_and_ended(client, desk, approve):
    """createAgreement, executeAgreement, queryAgreement, cancelAgreement and a payment between."""
    asked = client.answer("createAgreement", order(10, reference="01770618575"))
    assert "status=success" in approve(asked["bkashURL"])
    agreed = client.answer("executeAgreement", asked["paymentID"])
    agreement_id = agreed["agreementID"]
    assert client.answer("queryAgreement", agreement_id)["agreementStatus"] == "Completed"
    created = client.answer(
        "createPaymentWithAgreement", order(900, "INV-4", agreementID=agreement_id)
    )
    executed = client.answer("executePayment", created["paymentID"])
    assert executed["agreementID"] == agreement_id
    assert client.answer("cancelAgreement", agreement_id)["agreementStatus"] == "Cancelled"
    refused = client.answer(
        "createPaymentWithAgreement", order(900, "INV-5", agreementID=agreement_id)
    )
    assert refused["statusCode"] == "2053"
    ended = {"agreement_id": agreement_id, "ref": "agreement", "status": "cancelled"}
    verdict = desk.judge(booked(executed), agreements=(ended,))
    assert verdict["ok"], verdict


def test_all_calls_go_over_one_connection(client, desk):
    """axios leaves connections to Node, which keeps them."""
    for _ in range(SHOPPERS):
        client.answer("queryPayment", "TR0011x")
    assert desk.ask("counters")["connections"] == 1


def test_a_cold_token_is_granted_to_each_shopper_anew(client, desk):
    """No single flight: five shoppers at once, five grants, where bKash allows two an hour."""
    calls = [
        {"name": "createPayment", "arguments": [order(10 + number, f"INV-{number}")]}
        for number in range(SHOPPERS)
    ]
    results = client.together(*calls)["results"]
    assert {result["answer"]["statusCode"] for result in results} == {"0000"}
    counters = desk.ask("counters")
    assert counters["calls"]["token_grant"] == SHOPPERS
    assert counters["token_limit"]["blocked"] is True


def test_a_refused_token_is_not_replaced_until_its_hour_is_over(client, desk):
    """A 401 is passed on, by createPayment as if it were an answer; no grant follows."""
    client.answer("createPayment", order())
    desk.ask("clock", {"advance_s": HOUR_S + 1})
    refused = client.result("createPayment", order())
    assert refused["returned_error"]["status"] == 401
    assert client.result("queryPayment", "TR0011x")["raised"]["status"] == 401
    assert desk.calls()["token_grant"] == 1
    client.advance(HOUR_S)
    assert client.answer("createPayment", order())["statusCode"] == "0000"
    assert desk.calls()["token_grant"] == 2


def test_a_token_is_kept_to_its_last_second(client, desk):
    """At 59:58 the old one is still sent."""
    client.answer("queryPayment", "TR0011x")
    client.advance(HOUR_S - 2)
    client.answer("queryPayment", "TR0011x")
    assert desk.calls()["token_grant"] == 1


def test_two_merchants_in_one_process_share_a_token(open_client, desk):
    """The second is refused: the token is kept in a place that belongs to the process."""
    client = open_client("bkash-payment", config(desk), config(desk, "other-key"))
    assert client.answer("createPayment", order())["statusCode"] == "0000"
    assert client.answer("createPayment", order(), client=1)["statusCode"] == "2001"
    assert desk.ask("health")["app_keys"] == ["shop-key"]


def test_a_second_refund_is_not_made_and_looks_as_if_it_were(client, desk):
    """refundTransaction asks first, and hands over the first refund as the answer."""
    created = client.answer("createPayment", order())
    executed = client.answer("executePayment", created["paymentID"])
    ids = {"paymentID": created["paymentID"], "trxID": executed["trxID"]}
    first = client.answer("refundTransaction", {**ids, "amount": 100})
    second = client.answer("refundTransaction", {**ids, "amount": 50})
    assert second == first
    assert [r["amount_poisha"] for r in desk.ask("ledger")["refunds"]] == [10_000]


def test_wrong_credentials_are_noticed_only_at_the_next_call(open_client, client, desk):
    """The refused grant leaves no token; create goes without Authorization and gets 401."""
    client.answer("createPayment", order())
    wrong = open_client("bkash-payment", config(desk, app_secret="wrong"))
    assert wrong.result("createPayment", order())["returned_error"]["status"] == 401
    assert desk.ask("counters")["errors"] == {"9999": 1, "401": 1}


def test_a_lost_answer_can_be_asked_about(client, desk):
    """executePayment raises the socket's error, the money has moved, queryPayment knows."""
    created = client.answer("createPayment", order())
    desk.plan_fault("response-lost")
    raised = client.result("executePayment", created["paymentID"])["raised"]
    assert raised["status"] is None, raised
    queried = client.answer("queryPayment", created["paymentID"])
    assert queried["transactionStatus"] == "Completed"
    assert len(desk.ask("ledger")["captures"]) == 1
