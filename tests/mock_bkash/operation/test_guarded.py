"""The guard before every payment call."""

import asyncio

import pytest

from harness.simulation import run_virtual

UNAUTHORIZED = (401, {"message": "Unauthorized"})


@pytest.mark.parametrize("scheme", ["", "Bearer ", "bearer ", "BEARER  ", " "])
async def test_a_token_is_taken_bare_or_with_its_scheme(shop, scheme: str):
    """Official samples send it bare, the sandbox takes both."""
    answer = await shop.call("create", shop.order(), authorization=scheme + shop.id_token)
    assert answer.json()["statusCode"] == "0000"


async def test_header_names_may_be_spelt_in_any_case(shop):
    """HTTP says so, and clients rely on it."""
    answer = await shop.http.post(
        "/v1.2.0-beta/tokenized/checkout/create",
        json=shop.order(),
        headers={"AUTHORIZATION": shop.id_token, "X-APP-KEY": shop.app_key},
    )
    assert answer.json()["statusCode"] == "0000"


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer", "x", "Basic dTpw"])
async def test_without_a_live_token_nobody_gets_through(shop, token: str):
    """In the gateway's dialect, before anything of the body is looked at."""
    for body in (shop.order(), b"{"):
        answer = await shop.call("create", body, authorization=token)
        assert (answer.status_code, answer.json()) == UNAUTHORIZED


async def test_a_token_altered_in_one_place_is_none(shop):
    """Its length does not help."""
    altered = shop.id_token[:-1] + ("A" if shop.id_token[-1] != "A" else "B")
    answer = await shop.call("query", {"paymentID": "TR1"}, authorization=altered)
    assert (answer.status_code, answer.json()) == UNAUTHORIZED


async def test_a_live_token_with_another_app_key_is_2001(shop, open_shop):
    """The gateway lets the token through; bKash behind it looks at the key."""
    other = open_shop(at=shop, app_key="other")
    await other.grant()
    for app_key in ("other", "unknown", ""):
        answer = await shop.call("create", shop.order(), x_app_key=app_key)
        assert answer.json() == {"statusCode": "2001", "statusMessage": "Invalid App Key"}
        assert answer.status_code == 200


async def test_a_malformed_body_is_refused_after_the_token(shop):
    """400 in the gateway's dialect."""
    answer = await shop.call("execute", b"[]")
    assert (answer.status_code, answer.json()) == (400, {"message": "Invalid request body"})


def test_a_token_expires_by_modelled_time(open_shop):
    """Sixty modelled seconds are six wall seconds at a scale of 0.1; then 401."""

    async def main() -> None:
        shop = open_shop(token_lifetime_s=60, time_scale=0.1)
        assert (await shop.grant())["expires_in"] == 60
        await asyncio.sleep(5.999)
        assert (await shop.create())["statusCode"] == "0000"
        await asyncio.sleep(0.001)
        answer = await shop.call("create", shop.order())
        assert (answer.status_code, answer.json()) == UNAUTHORIZED

    run_virtual(main())
