"""A mock in the test's own process."""

import httpx
import pytest

from harness.simulation import run_virtual
from mock_bkash.testing import AppMock, MockError, SideLoop


async def grant(mock: AppMock, http: httpx.AsyncClient) -> httpx.Response:
    known = mock.credentials
    return await http.post(
        f"{mock.base_url}/tokenized/checkout/token/grant",
        json={"app_key": known.app_key, "app_secret": known.app_secret},
        headers={"username": known.username, "password": known.password},
    )


async def test_its_app_is_for_any_asgi_client(app_mock: AppMock):
    """Asked while the loop runs, on that loop."""
    transport = httpx.ASGITransport(app=app_mock.app)
    async with httpx.AsyncClient(transport=transport) as http:
        assert (await grant(app_mock, http)).json()["statusCode"] == "0000"
    assert app_mock.counters()["calls"] == {"token_grant": 1}


def test_its_time_is_that_of_the_loop_it_is_asked_on(open_app):
    """Also of a virtual one: half an hour passes at once, and the clock of the mock knows."""
    mock = open_app("--token-lifetime", "60")

    async def main() -> int:
        import asyncio

        async with httpx.AsyncClient(transport=mock.transport) as http:
            token = (await grant(mock, http)).json()["id_token"]
            await asyncio.sleep(61)
            url = f"{mock.base_url}/tokenized/checkout/payment/status"
            guard = {"authorization": token, "x-app-key": mock.app_key}
            mock.advance(1)
            answer = await http.post(url, json={"paymentID": "x"}, headers=guard)
            mock.reset()
            return answer.status_code

    assert run_virtual(main()) == 401


async def test_what_would_have_to_wait_is_refused(open_app):
    """A fault may hold the shopper's way back; the loop must go on meanwhile, so a client asks."""
    mock = open_app("--faults", "delay;seconds=1;operations=callback")
    async with httpx.AsyncClient(transport=mock.transport) as http:
        token = (await grant(mock, http)).json()["id_token"]
        order = {
            "mode": "0011",
            "payerReference": "x",
            "callbackURL": "http://shop.test/",
            "amount": "1",
            "currency": "BDT",
            "intent": "sale",
            "merchantInvoiceNumber": "i",
        }
        guard = {"authorization": token, "x-app-key": mock.app_key}
        url = f"{mock.base_url}/tokenized/checkout/create"
        created = (await http.post(url, json=order, headers=guard)).json()
    with pytest.raises(MockError, match="use a client"):
        mock.pay(created["bkashURL"])


def test_two_mocks_share_nothing(open_app):
    """Not even with the same app key."""
    one, other = open_app(), open_app()
    assert one.app_key != other.app_key
    assert one.app is not other.app


def test_its_transport_is_made_once(app_mock: AppMock):
    """It stands for one connection."""
    assert app_mock.transport is app_mock.transport


def test_credentials_may_be_given(side_loop: SideLoop):
    """Where a shop has its own."""
    from mock_bkash import MockConfig
    from mock_bkash.testing import Credentials

    mine = Credentials("mine", "s", "u", "p")
    assert AppMock(MockConfig(), side_loop=side_loop, credentials=mine).app_key == "mine"
