"""Token refresh."""

import pytest

from mock_bkash.token import REFRESH_TOKEN_LIFETIME_S


async def test_a_refresh_brings_a_new_id_token_and_the_same_refresh_token(shop):
    """28 days count from the first issue, so it stays the same one."""
    id_token, refresh_token = shop.id_token, shop.refresh_token
    refreshed = await shop.grant(path="refresh", refresh_token=refresh_token)
    assert refreshed["statusCode"] == "0000"
    assert refreshed["refresh_token"] == refresh_token
    assert refreshed["id_token"] != id_token
    assert (await shop.create())["statusCode"] == "0000"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "2065"),
        ({"refresh_token": "unknown"}, "2079"),
        ({"refresh_token": "unknown", "app_secret": "other"}, "9999"),
        ({"refresh_token": "unknown", "app_key": "never-granted"}, "2001"),
        ({"refresh_token": "unknown", "app_key": ""}, "2001"),
    ],
    ids=str,
)
async def test_a_refresh_that_cannot_be_is_refused(shop, body: dict[str, str], code: str):
    """Each with a code of its own, and no new token."""
    answered = await shop.grant(path="refresh", **body)
    assert answered["statusCode"] == code
    assert "id_token" not in answered


async def test_an_id_token_is_no_refresh_token(shop):
    """Nor the other way round."""
    assert (await shop.grant(path="refresh", refresh_token=shop.id_token))["statusCode"] == "2079"
    answer = await shop.call("create", shop.order(), authorization=shop.refresh_token)
    assert answer.status_code == 401


def test_a_refresh_token_lives_28_days(open_shop):
    """Counted from the grant, in modelled time."""
    import asyncio

    from harness.simulation import run_virtual

    async def main() -> None:
        shop = open_shop()
        await shop.grant()
        token = shop.refresh_token
        await asyncio.sleep(REFRESH_TOKEN_LIFETIME_S - 1)
        assert (await shop.grant(path="refresh", refresh_token=token))["statusCode"] == "0000"
        await asyncio.sleep(1)
        assert (await shop.grant(path="refresh", refresh_token=token))["statusCode"] == "2079"

    run_virtual(main())
