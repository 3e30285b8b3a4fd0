"""The clock over HTTP."""

from typing import Any

import pytest

from mock_bkash.clock import MAX_ADVANCE_S


async def test_the_clock_is_shown_and_put_forward(shop):
    """In modelled seconds; nothing sleeps."""
    before = await shop.admin("GET", "clock")
    assert (before["app_key"], before["advanced_s"]) == ("shop", 0)
    assert before["now"].startswith("2026-01-01T12:00:0")
    after = await shop.admin("POST", "clock", json={"app_key": "shop", "advance_s": 86_400})
    assert after["advanced_s"] == 86_400
    assert after["epoch_ms"] - before["epoch_ms"] >= 86_400_000
    assert after["elapsed_s"] >= 86_400
    assert after["now"].startswith("2026-01-02T12:00:0")


async def test_a_token_expires_when_its_hour_is_over(shop):
    """M6: 401 without sleeping; the refresh token lives for 28 days."""
    assert (await shop.call("query", {"paymentID": "?"})).status_code == 200
    await shop.admin("POST", "clock", json={"advance_s": 3600})
    assert (await shop.call("query", {"paymentID": "?"})).status_code == 401
    refreshed = await shop.grant(path="refresh", refresh_token=shop.refresh_token)
    assert refreshed["statusCode"] == "0000"
    await shop.admin("POST", "clock", json={"advance_s": 28 * 86_400 - 3600})
    refreshed = await shop.grant(path="refresh", refresh_token=shop.refresh_token)
    assert refreshed["statusCode"] == "2079"


async def test_a_payment_expires_when_its_day_is_over(shop):
    """M6: what was created yesterday cannot be executed."""
    payment_id = await shop.approved()
    await shop.admin("POST", "clock", json={"advance_s": 86_400})
    await shop.grant()
    assert (await shop.execute(payment_id))["statusCode"] != "0000"
    (payment,) = (await shop.admin("GET", "payments"))["payments"]
    assert payment["state"] == "expired"


async def test_clocks_are_separate_per_app_key(shop, open_shop):
    """Parallel tests share one mock."""
    other = open_shop(at=shop, app_key="other")
    await other.grant()
    await shop.admin("POST", "clock", json={"app_key": "shop", "advance_s": 3600})
    assert (await shop.call("query", {"paymentID": "?"})).status_code == 401
    assert (await other.call("query", {"paymentID": "?"})).status_code == 200


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "advance_s: must be a number, got nothing"),
        ({"advance_s": "60"}, "advance_s: must be a number, got '60'"),
        ({"advance_s": -1}, "advance_s: must be a number, 0 or more: time never runs back"),
        ({"advance_s": MAX_ADVANCE_S + 1}, "advance_s: must not go beyond"),
        ({"advance_s": 1, "to": 3}, "to: is not known here"),
    ],
)
async def test_the_clock_never_runs_back(shop, body: dict[str, Any], words: str):
    """400, and it shows what it showed."""
    answer = await shop.http.post("/_mock/clock", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["message"]
    assert (await shop.admin("GET", "clock"))["advanced_s"] == 0


async def test_an_app_key_that_is_not_known_has_no_clock(shop):
    """404: its time begins with its first token."""
    answer = await shop.http.post("/_mock/clock", json={"app_key": "new", "advance_s": 1})
    assert answer.status_code == 404
