"""A published bKash client pays at the mock, unmodified but for the base URL."""

import urllib.request

import pybkash
import pytest

pytestmark = pytest.mark.real_time

CREDENTIALS = {
    "username": "shop",
    "password": "shop-password",
    "app_key": "shop-app-key",
    "app_secret": "shop-app-secret",
}
"""Anybody's: the first token grant makes a merchant known to the mock."""

CALLBACK = "http://127.0.0.1:9/callback"


class StayHere(urllib.request.HTTPRedirectHandler):
    """A browser that does not follow: the shop it is sent back to does not exist."""

    def redirect_request(self, *args):
        return None


def approve(bkash_url: str) -> str:
    """Visit bKash's page and return where it sends the shopper back to."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), StayHere)
    try:
        opener.open(bkash_url, timeout=30)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.headers["Location"]
    raise AssertionError("bKash's page did not send the shopper back")


def check_payment(created, executed, queried, found):
    assert created.status_code == "0000"
    assert executed.is_complete()
    assert executed.payment_id == created.payment_id
    assert float(executed.amount) == 500.5
    assert executed.merchant_invoice_number == "INV-1"
    assert queried.is_complete()
    assert queried.payment_id == executed.payment_id
    assert found.trx_id == executed.trx_id
    assert found.transaction_status == "Completed"


@pytest.fixture
def base_url(household) -> str:
    root = household.mock("--profile", "fast", "--approve", "auto")
    return f"{root}/v1.2.0-beta"


def test_pybkash_pays(base_url):
    """pybkash 0.4.2, synchronous: create, approve, execute, query, search."""
    token = pybkash.Token(**CREDENTIALS, sandbox=True)
    token.base_url = base_url
    with pybkash.Client(token) as client:
        created = client.create_payment(
            CALLBACK, payer_reference="01770618575", amount=500.5, invoice_number="INV-1"
        )
        sent_back = approve(created.bkash_url)
        assert sent_back.startswith(f"{CALLBACK}?")
        assert f"paymentID={created.payment_id}" in sent_back
        assert "status=success" in sent_back
        executed = client.execute_payment(created.payment_id)
        check_payment(
            created,
            executed,
            client.query_payment(created.payment_id),
            client.search_trx(executed.trx_id),
        )


async def test_pybkash_pays_asynchronously(base_url):
    """pybkash 0.4.2, asynchronous: the same."""
    token = pybkash.AsyncToken(**CREDENTIALS, sandbox=True)
    token.base_url = base_url
    async with pybkash.AsyncClient(token) as client:
        created = await client.create_payment(
            CALLBACK, payer_reference="01770618575", amount=500.5, invoice_number="INV-1"
        )
        approve(created.bkash_url)
        executed = await client.execute_payment(created.payment_id)
        check_payment(
            created,
            executed,
            await client.query_payment(created.payment_id),
            await client.search_trx(executed.trx_id),
        )


def test_pybkash_sees_a_second_execute_refused(base_url):
    """An execute of what is paid already is bKash's business error, which pybkash raises."""
    token = pybkash.Token(**CREDENTIALS, sandbox=True)
    token.base_url = base_url
    with pybkash.Client(token) as client:
        created = client.create_payment(CALLBACK, payer_reference="01770618575", amount=1)
        approve(created.bkash_url)
        client.execute_payment(created.payment_id)
        with pytest.raises(pybkash.APIError):
            client.execute_payment(created.payment_id)
