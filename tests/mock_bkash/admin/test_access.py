"""Who may use the admin API."""

import pytest


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"x-admin-token": "wrong"}, 403),
        ({"x-admin-token": "s3cre"}, 403),
        ({"authorization": "s3cret"}, 403),
        ({"X-Admin-Token": "s3cret"}, 200),
    ],
)
async def test_a_token_guards_all_of_it(open_shop, headers: dict[str, str], status: int):
    """In its own header; a merchant's token opens nothing."""
    shop = open_shop(admin_token="s3cret")
    answer = await shop.http.get("/_mock/health", headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    if status == 403:
        assert answer.json()["error"] == "forbidden"


async def test_a_merchants_token_opens_nothing(open_shop):
    """Not in the admin's header either."""
    shop = open_shop(admin_token="s3cret")
    await shop.grant()
    answer = await shop.http.post("/_mock/reset", headers={"x-admin-token": shop.id_token})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://mock.test", 200),
        ("http://evil.test", 403),
        ("null", 403),
        ("http://[", 403),
    ],
)
async def test_a_page_of_another_origin_may_not(shop, origin: str, status: int):
    """A browser on the developer's machine does not reset his mock for somebody else."""
    answer = await shop.http.post("/_mock/reset", headers={"origin": origin})
    assert answer.status_code == status
