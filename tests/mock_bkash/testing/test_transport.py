"""httpx over a mock in the same process breaks as it would over a socket."""

import asyncio

import httpx
import pytest

from harness.simulation import run_virtual


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("reset", httpx.ReadError),
        ("half_sent", httpx.WriteError),
        ("close", httpx.RemoteProtocolError),
        ("truncate", httpx.RemoteProtocolError),
        ("hang", httpx.ReadTimeout),
        ("delay;seconds=9", httpx.ReadTimeout),
    ],
)
def test_every_break_is_the_error_of_a_socket(shop, fault: str, error: type[Exception]):
    """So that a shop's error handling sees what it would see in production."""
    shop.http.timeout = 0.05
    shop.mock.inject(f"{fault};operations=execute_payment")
    with pytest.raises(error) as broken:
        shop.execute("TR1")
    assert broken.value.request.url.path.endswith("/execute")


def test_a_client_that_gave_up_did_not_undo_the_call(open_app):
    """The money moves after its timeout; on the loop's own time."""
    mock = open_app("--approve", "auto")

    async def main() -> tuple[float, int, int]:
        clock = asyncio.get_running_loop().time
        async with httpx.AsyncClient(transport=mock.transport, timeout=2) as http:
            known = mock.credentials
            base = f"{mock.base_url}/tokenized/checkout"
            granted = await http.post(
                f"{base}/token/grant",
                json={"app_key": known.app_key, "app_secret": known.app_secret},
                headers={"username": known.username, "password": known.password},
            )
            http.headers["authorization"] = granted.json()["id_token"]
            http.headers["x-app-key"] = known.app_key
            order = {
                "mode": "0011",
                "payerReference": "x",
                "callbackURL": "http://shop.test/",
                "amount": "5",
                "currency": "BDT",
                "intent": "sale",
                "merchantInvoiceNumber": "i",
            }
            payment_id = (await http.post(f"{base}/create", json=order)).json()["paymentID"]
            mock.inject("delay;seconds=5;operations=execute_payment")
            with pytest.raises(httpx.ReadTimeout):
                await http.post(f"{base}/execute", json={"paymentID": payment_id})
            given_up_s, before = clock(), mock.ledger()["total_poisha"]
            await asyncio.sleep(4)
            return given_up_s, before, mock.ledger()["total_poisha"]

    assert run_virtual(main()) == (2.0, 0, 500)


def test_a_timeout_is_between_two_parts(open_app):
    """A dribble that goes on is no silence: httpx waits for each byte anew."""
    mock = open_app("--faults", "dribble;bytes_per_s=10;operations=token_grant")

    async def main() -> float:
        async with httpx.AsyncClient(transport=mock.transport, timeout=1) as http:
            known = mock.credentials
            await http.post(
                f"{mock.base_url}/tokenized/checkout/token/grant",
                json={"app_key": known.app_key, "app_secret": known.app_secret},
                headers={"username": known.username, "password": known.password},
            )
        return asyncio.get_running_loop().time()

    assert run_virtual(main()) > 100


def test_a_client_knows_how_long_an_answer_took(shop):
    """As over a socket; some shops log it."""
    assert shop.call("execute", {"paymentID": "x"}).elapsed.total_seconds() >= 0


def test_without_a_timeout_it_waits_as_long_as_it_takes(shop):
    """As httpx does when told so."""
    shop.http.timeout = None
    assert shop.create()["statusCode"] == "0000"
