"""Token grant."""

import pytest

from mock_bkash import tenant as tenant_module


async def test_a_grant_brings_both_tokens(open_shop):
    """Number, type, tokens, codes."""
    granted = await open_shop().grant()
    assert list(granted) == [
        *("expires_in", "token_type", "id_token", "refresh_token", "statusCode", "statusMessage")
    ]
    assert (granted["expires_in"], granted["token_type"]) == (3600, "Bearer")
    assert granted["statusCode"] == "0000"


async def test_every_grant_is_a_new_token_and_the_old_one_lives_on(shop):
    """As at Cognito: tokens do not know each other."""
    first = shop.id_token
    await shop.grant()
    assert shop.id_token != first
    assert (await shop.call("create", shop.order(), authorization=first)).json()[
        "statusCode"
    ] == "0000"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"username": "other"}, "Username does not exist"),
        ({"password": "other"}, "Invalid or unrecognized access credentials"),
        ({"app_secret": "other"}, "Invalid or unrecognized access credentials"),
    ],
)
async def test_credentials_are_fixed_by_the_first_grant(shop, change, message: str):
    """Others get 9999 and no token."""
    before = shop.id_token
    for name, value in change.items():
        setattr(shop, name, value)
    assert await shop.grant() == {"statusMessage": message, "statusCode": "9999"}
    assert shop.id_token == before


async def test_a_full_mock_takes_no_further_app_key(shop, open_shop, monkeypatch):
    """Strangers cannot fill its memory."""
    monkeypatch.setattr(tenant_module, "MAX_TENANTS", 1)
    assert (await open_shop(at=shop, app_key="two").grant())["statusCode"] == "2001"


async def test_a_malformed_grant_is_the_gateways_to_refuse(shop):
    """Not bKash's."""
    answer = await shop.call("grant", b"{")
    assert (answer.status_code, answer.json()) == (400, {"message": "Invalid request body"})
