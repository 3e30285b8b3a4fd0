"""Who may use the admin API."""

from typing import Any

import pytest

from mock_bkash import MockConfig, create_app


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


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "faults"), ("DELETE", "faults"), ("POST", "clock"), ("POST", "reset")],
)
@pytest.mark.parametrize("scheme", ["", "Bearer "])
async def test_faults_and_clock_are_out_of_a_merchants_reach(
    shop, method: str, path: str, scheme: str
):
    """S10: also where no admin token is set, whoever shows a merchant's token is turned away."""
    headers = {"authorization": scheme + shop.id_token, "x-app-key": "shop"}
    answer = await shop.http.request(method, f"/_mock/{path}", headers=headers, json={})
    assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")
    answer = await shop.http.get("/_mock/health", headers={"authorization": "Basic eA=="})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("client", "status"),
    [
        (("127.0.0.1", 1), 200),
        (["127.9.9.9", 1], 200),
        (("::1", 1), 200),
        (None, 200),
        (("192.0.2.7", 1), 403),
        (("2001:db8::1", 1), 403),
        (("testclient", 1), 403),
    ],
)
async def test_other_machines_need_the_token(client: object, status: int):
    """Where the mock can be reached by them."""
    app = create_app(MockConfig(admin_local_only=True))
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/_mock/health", "query_string": b""}
    await app({**scope, "headers": [], "client": client}, receive, send)
    assert sent[0]["status"] == status


async def test_a_closed_admin_api_is_no_address_at_all(open_shop):
    """S10: the gateway knows no such path."""
    shop = open_shop(admin=False)
    for path in ("/_mock/health", "/_mock/faults"):
        answer = await shop.http.get(path)
        assert (answer.status_code, answer.json()) == (
            403,
            {"message": "Missing Authentication Token"},
        )
