"""Issuing tokens, and the limit."""

import pytest

from mock_bkash.choice import Quirk


async def test_counting_serves_and_reports(shop):
    """The default: nobody is blocked, and the counters say who would have been."""
    for _ in range(3):
        assert (await shop.grant())["statusCode"] == "0000"
    counters = await shop.admin("GET", "counters")
    assert counters["token_limit"] == {"over_limit": 2, "blocks": 1, "blocked": True}


async def test_enforcing_blocks_for_an_hour(open_shop):
    """Grant and refresh share the budget; a token that is out stays good."""
    shop = open_shop(token_limit="enforce", token_lifetime_s=7200.0)
    await shop.grant()
    await shop.grant(path="refresh", refresh_token=shop.refresh_token)
    for path in ("grant", "refresh"):
        answer = await shop.grant(path=path, refresh_token=shop.refresh_token)
        assert answer == {"message": "Too Many Requests"}
    assert (await shop.create())["statusCode"] == "0000"
    await shop.advance(3600)
    assert (await shop.grant())["statusCode"] == "0000"
    assert (await shop.admin("GET", "counters"))["errors"] == {"429": 2}


async def test_the_budget_may_be_the_grants_alone(open_shop):
    """As the mail of bKash's integration team reads; a refresh then goes even during a block."""
    quirks = frozenset({Quirk.BUDGET_GRANTS_ONLY})
    shop = open_shop(token_limit="enforce", quirks=quirks)
    await shop.grant()
    token = shop.refresh_token
    refreshed = [await shop.grant(path="refresh", refresh_token=token) for _ in range(3)]
    assert [answer["statusCode"] for answer in refreshed] == ["0000"] * 3
    assert (await shop.grant())["statusCode"] == "0000"
    assert await shop.grant() == {"message": "Too Many Requests"}
    assert (await shop.grant(path="refresh", refresh_token=token))["statusCode"] == "0000"
    limit = (await shop.admin("GET", "counters"))["token_limit"]
    assert limit == {"over_limit": 1, "blocks": 1, "blocked": True}


async def test_off_counts_nothing(open_shop):
    """For tests of something else."""
    shop = open_shop(token_limit="off")
    for _ in range(4):
        await shop.grant()
    limit = (await shop.admin("GET", "counters"))["token_limit"]
    assert limit == {"over_limit": 0, "blocks": 0, "blocked": False}


async def test_wrong_credentials_spend_nothing(open_shop):
    """The limit is on the merchant, and a stranger is none."""
    shop = open_shop(token_limit="enforce")
    await shop.grant()
    shop.password = "wrong"
    for _ in range(3):
        assert (await shop.grant())["statusCode"] == "9999"
    shop.password = "pass-9f2c"
    assert (await shop.grant())["statusCode"] == "0000"


async def test_a_refresh_token_lives_28_days_from_its_first_issue(open_shop):
    """A refresh does not lengthen it."""
    shop = open_shop(token_limit="off")
    await shop.grant()
    first = shop.refresh_token
    await shop.advance(20 * 86_400)
    refreshed = await shop.grant(path="refresh", refresh_token=first)
    assert refreshed["refresh_token"] == first
    await shop.advance(8 * 86_400)
    assert (await shop.grant(path="refresh", refresh_token=first))["statusCode"] == "2079"


async def test_a_refresh_token_may_live_30_days(open_shop):
    """As one client's documentation has it."""
    shop = open_shop(token_limit="off", quirks=frozenset({Quirk.REFRESH_THIRTY_DAYS}))
    await shop.grant()
    first = shop.refresh_token
    await shop.advance(30 * 86_400 - 1)
    assert (await shop.grant(path="refresh", refresh_token=first))["statusCode"] == "0000"
    await shop.advance(1)
    assert (await shop.grant(path="refresh", refresh_token=first))["statusCode"] == "2079"


@pytest.mark.parametrize("path", ["grant", "refresh"])
async def test_a_refusal_can_be_asked_for_by_user_name(open_shop, path: str):
    """The only field of a login that a test can choose and a merchant never sees."""
    shop = open_shop()
    shop.username = f"mock-{path}-503"
    await shop.grant()
    refused = await shop.grant(path=path, refresh_token=shop.refresh_token)
    assert refused["statusCode"] == "503"
