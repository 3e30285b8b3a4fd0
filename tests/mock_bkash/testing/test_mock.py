"""A test's hands on the mock, whatever way leads to it."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from mock_bkash.testing import AppMock, MockError


def outcome(callback: str) -> str:
    return parse_qs(urlsplit(callback).query)["status"][0]


def test_a_payment_from_create_to_the_money(shop):
    """The test approves as the shopper would, and finds the money in the ledger."""
    created = shop.create()
    callback = shop.mock.approve(created["paymentID"])
    assert callback.startswith("http://shop.test/callback?ref=7&")
    assert outcome(callback) == "success"
    assert shop.execute(created["paymentID"])["transactionStatus"] == "Completed"
    ledger = shop.mock.ledger()
    assert ledger["total_poisha"] == 149_900
    assert [capture["payment_id"] for capture in ledger["captures"]] == [created["paymentID"]]
    assert [payment["state"] for payment in shop.mock.payments()] == ["completed"]


def test_a_shopper_who_gives_up(shop):
    """The callback says so; nothing can be executed."""
    created = shop.create()
    assert outcome(shop.mock.cancel(created["paymentID"])) == "cancel"
    assert shop.execute(created["paymentID"])["statusCode"] == "2056"
    with pytest.raises(MockError, match="cannot approve"):
        shop.mock.approve(created["paymentID"])


def test_a_shopper_on_the_customer_page(shop):
    """With any wallet, OTP and PIN; the page asks again after a wrong one."""
    assert outcome(shop.mock.pay(shop.create()["bkashURL"])) == "success"
    poor = shop.create(merchantInvoiceNumber="inv-2")
    assert outcome(shop.mock.pay(poor["bkashURL"], wallet="01823074817")) == "failure"
    slip = shop.create(merchantInvoiceNumber="inv-3", amount="3")
    assert shop.mock.pay(slip["bkashURL"], pin="00000") is None
    assert outcome(shop.mock.pay(slip["bkashURL"])) == "success"
    with pytest.raises(MockError, match="opens no payment"):
        shop.mock.pay("http://bkash.test/redirect/tokenized/?paymentID=TR1&hash=x")


def test_a_payment_that_there_is_not(app_mock: AppMock):
    """The mock says so in its own words."""
    with pytest.raises(MockError, match="payment 'TR1' is not known"):
        app_mock.approve("TR1")
    with pytest.raises(MockError, match="payment 'TR1' is not known"):
        app_mock.timeline("TR1")


def test_what_was_called_is_told(shop):
    """Exact counts, the calls in full, and those of one payment."""
    payment_id = shop.create()["paymentID"]
    shop.execute(payment_id)
    counters = shop.mock.counters()
    assert counters["calls"] == {"token_grant": 1, "create_payment": 1, "execute_payment": 1}
    assert (counters["errors"], counters["payments_created"]) == ({"2056": 1}, 1)
    operations = ["token_grant", "create_payment", "execute_payment"]
    assert [call["operation"] for call in shop.mock.calls()] == operations
    assert [call["operation"] for call in shop.mock.timeline(payment_id)] == operations[1:]


def test_a_shop_that_never_called_did_nothing(app_mock: AppMock):
    """That is an answer, not an error: a test may be about just that."""
    assert app_mock.ledger()["captures"] == []
    assert (app_mock.ledger()["total_poisha"], app_mock.counters()["calls"]) == (0, {})
    assert (app_mock.payments(), app_mock.calls()) == ([], [])
    assert app_mock.audit([])["ok"]
    with pytest.raises(MockError, match="was never granted a token"):
        app_mock.advance(1)


def test_time_is_put_forward(shop):
    """An hour later the token has expired."""
    shop.mock.advance(3601)
    assert shop.call("payment/status", {"paymentID": "x"}).status_code == 401
    with pytest.raises(MockError, match="time never runs back"):
        shop.mock.advance(-1)


def test_a_fault_by_its_name(shop):
    """The answer to execute is lost, the money has moved; query tells."""
    payment_id = shop.create()["paymentID"]
    shop.mock.approve(payment_id)
    shop.mock.inject("response-lost;first=1")
    with pytest.raises(httpx.TransportError):
        shop.execute(payment_id)
    assert shop.query(payment_id)["transactionStatus"] == "Completed"
    assert shop.mock.idle_faults() == []
    assert shop.mock.faults()["plans"][0]["faults"][0]["fired"] == 1
    shop.mock.lift()
    assert shop.mock.faults()["plans"] == []


def test_a_fault_by_its_fields(shop):
    """As in a plan file."""
    rule = {"fault": "code", "code": "2023", "operations": ["execute_payment"]}
    shop.mock.inject({"name": "poor", "faults": [rule]})
    assert shop.execute("TR1")["statusCode"] == "2023"
    shop.mock.lift("poor")
    with pytest.raises(MockError, match="no plan 'poor' is in force"):
        shop.mock.lift("poor")


def test_a_fault_that_cannot_be_is_refused(app_mock: AppMock):
    """With the field and the mend."""
    with pytest.raises(MockError, match=r"fault: must be one of .* did you mean 'reset'"):
        app_mock.inject("resett")


def test_a_fault_that_never_fired_is_known(shop):
    """Also one that took the place of another of its name; but not one that may stay idle."""
    shop.mock.inject("reset;operations=refund_payment")
    shop.mock.inject("hang;operations=refund_payment", must_fire=False)
    assert shop.mock.idle_faults() == ["reset"]
    shop.mock.inject("reset;operations=void_payment")
    assert shop.mock.idle_faults() == ["reset"]
    shop.mock.reset()
    assert shop.mock.idle_faults() == []


def test_books_are_held_against_the_ledger(shop):
    """A shop that calls an uncaptured payment paid is found out."""
    payment_id = shop.create()["paymentID"]
    entry = {
        "ref": "r1",
        "order": "o1",
        "payment_id": payment_id,
        "amount_poisha": 149_900,
        "invoice": "inv-1",
        "status": "paid",
    }
    verdict = shop.mock.audit([entry])
    assert {violation["invariant"] for violation in verdict["violations"]} >= {"d"}
    with pytest.raises(MockError, match="no audit request"):
        shop.mock.audit([{}])
    assert shop.mock.audit(payer=[{"payment_id": payment_id, "shown": "paid"}])["ok"] is False


def test_a_reset_forgets_and_may_come_twice(shop):
    """The credentials are free for another secret, and there is nothing to be looked at."""
    shop.create()
    shop.mock.reset()
    assert shop.mock.payments() == []
    shop.mock.reset()
    assert shop.create() == {"message": "Unauthorized"}


def test_any_sign_may_stand_in_an_id(app_mock: AppMock):
    """It arrives as it was meant."""
    with pytest.raises(MockError, match=r"payment 'a b\?c' is not known"):
        app_mock.cancel("a b?c")
