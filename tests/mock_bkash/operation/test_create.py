"""Create."""

import re

import pytest


async def test_create_answers_as_recorded(shop):
    """Key order and forms; the page is where the merchant reaches the mock."""
    created = await shop.create(callbackURL="http://shop.test/cb?origin=opm")
    assert list(created) == [
        *("statusCode", "statusMessage", "paymentID", "bkashURL", "callbackURL"),
        *("successCallbackURL", "failureCallbackURL", "cancelledCallbackURL", "amount", "intent"),
        *("currency", "paymentCreateTime", "transactionStatus", "merchantInvoiceNumber"),
    ]
    payment_id = created["paymentID"]
    assert re.fullmatch(r"TR0011[A-Za-z0-9]{7}\d{13}", payment_id)
    assert created["bkashURL"].startswith(
        f"http://mock.test/redirect/tokenized/?paymentID={payment_id}&hash="
    )
    assert created["successCallbackURL"] == (
        f"http://shop.test/cb?origin=opm&paymentID={payment_id}&status=success"
    )
    assert re.fullmatch(r"2026-01-01T12:00:0\d:\d{3} GMT\+0600", created["paymentCreateTime"])


async def test_the_amount_comes_back_exactly_as_it_was_sent(shop):
    """As a text, also where a number was sent."""
    body = b'{"mode":"0011","payerReference":"r","callbackURL":"http://s.test/","amount":%s,'
    rest = b'"currency":"BDT","intent":"sale","merchantInvoiceNumber":"i"}'
    for sent, echoed in ((b"10.50", "10.50"), (b'"10.5"', "10.5"), (b"100.0", "100.0")):
        assert (await shop.call("create", body % sent + rest)).json()["amount"] == echoed


@pytest.mark.parametrize(("code", "change"), [("2006", {"amount": "0"}), ("2063", {"mode": "7"})])
async def test_a_wrong_order_is_refused_and_leaves_nothing(shop, code: str, change):
    """HTTP 200, a code, and no payment."""
    answer = await shop.call("create", shop.order(**change))
    assert (answer.status_code, answer.json()["statusCode"]) == (200, code)
    assert (await shop.admin("GET", "payments"))["total"] == 0


async def test_an_amount_of_an_impossible_type_is_malformed(shop):
    """That is the gateway's to refuse."""
    assert (await shop.call("create", shop.order(amount=[1]))).status_code == 400


async def test_auto_approval_makes_a_payment_ready_to_execute(open_shop):
    """The answer still says Initiated, as bKash's does."""
    shop = open_shop(approve="auto")
    await shop.grant()
    created = await shop.create()
    assert created["transactionStatus"] == "Initiated"
    assert (await shop.execute(created["paymentID"]))["customerMsisdn"] == "01770618575"


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8700", "http://127.0.0.1:8700/"),
        ("[::1]:8700", "http://[::1]:8700/"),
        ('evil"><script>', "http://127.0.0.1/"),
    ],
)
async def test_the_page_is_where_the_merchant_reaches_the_mock(shop, host: str, origin: str):
    """A Host that is none is not repeated."""
    answer = await shop.call("create", shop.order(), host=host)
    assert answer.json()["bkashURL"].startswith(f"{origin}redirect/")


async def test_a_public_url_comes_before_the_host(open_shop):
    """For shoppers that reach the mock by another name."""
    shop = open_shop(public_url="https://mock.example")
    await shop.grant()
    assert (await shop.create())["bkashURL"].startswith("https://mock.example/redirect/")


async def test_ids_of_one_invoice_are_different_payments(shop):
    """bKash has no idempotency key: two creates are two payments."""
    assert (await shop.create())["paymentID"] != (await shop.create())["paymentID"]
