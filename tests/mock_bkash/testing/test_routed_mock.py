"""A mock behind bKash's own addresses."""

import re
from collections.abc import Iterator

import httpx
import pytest
from respx.models import AllMockedAssertionError

from mock_bkash.serve_options import parse_config
from mock_bkash.testing import RoutedMock, SideLoop
from mock_bkash.testing.routed_mock import BKASH_HOSTS


@pytest.fixture
def routed(side_loop: SideLoop) -> Iterator[RoutedMock]:
    """A mock in force."""
    mock = RoutedMock(parse_config(["--profile", "fast"]), side_loop=side_loop)
    with mock.router:
        yield mock


def login(mock: RoutedMock) -> dict[str, dict[str, str]]:
    known = mock.credentials
    return {
        "json": {"app_key": known.app_key, "app_secret": known.app_secret},
        "headers": {"username": known.username, "password": known.password},
    }


GRANT = "/v1.2.0-beta/tokenized/checkout/token/grant"
HOSTS = ["tokenized.sandbox.bka.sh", "tokenized.pay.bka.sh", "bka.sh"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_blocking_client_reaches_it_at_any_host_of_bkash(routed: RoutedMock, host: str):
    """With nothing changed in the shop."""
    assert httpx.post(f"https://{host}{GRANT}", **login(routed)).json()["statusCode"] == "0000"
    assert routed.counters()["calls"] == {"token_grant": 1}


@pytest.mark.parametrize("host", HOSTS)
async def test_an_awaiting_client_reaches_it_too(routed: RoutedMock, host: str):
    """On the loop that it runs on."""
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"https://{host}{GRANT}", **login(routed))
    assert answer.json()["statusCode"] == "0000"
    assert routed.counters()["calls"] == {"token_grant": 1}


def test_the_customer_page_is_behind_its_own_address(routed: RoutedMock):
    """bkashURL is where bKash has it, and leads back to the shop."""
    granted = httpx.post(f"{routed.base_url}/tokenized/checkout/token/grant", **login(routed))
    created = httpx.post(
        f"{routed.base_url}/tokenized/checkout/create",
        headers={"authorization": granted.json()["id_token"], "x-app-key": routed.app_key},
        json={
            "mode": "0011",
            "payerReference": "x",
            "callbackURL": "http://shop.test/callback",
            "amount": "5",
            "currency": "BDT",
            "intent": "sale",
            "merchantInvoiceNumber": "i",
        },
    ).json()
    assert created["bkashURL"].startswith("https://sandbox.payment.bkash.com/redirect/tokenized/?")
    callback = routed.approve(created["paymentID"])
    assert httpx.get(created["bkashURL"]).headers["location"] == callback


def test_other_hosts_are_the_tests_own(routed: RoutedMock):
    """A route may be added; what has none is refused, so that nothing leaves the machine."""
    routed.router.get("https://sms.test/").respond(204)
    assert httpx.get("https://sms.test/").status_code == 204
    with pytest.raises(AllMockedAssertionError):
        httpx.get("https://other.test/")


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        *((host, True) for host in HOSTS),
        ("payment.bkash.com", True),
        ("notbka.sh", False),
        ("bka.sh.evil.test", False),
    ],
)
def test_hosts_are_told_by_their_end(host: str, ours: bool):
    """And by nothing that only looks alike."""
    assert (re.search(BKASH_HOSTS, host) is not None) is ours
