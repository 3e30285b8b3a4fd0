"""What an admin request names."""

import pytest


async def test_the_app_key_may_be_left_out_while_there_is_one(shop, open_shop):
    """With two it has to be said, with none there is nothing to say."""
    assert (await shop.http.get("/_mock/counters")).json()["app_key"] == "shop"
    await open_shop(at=shop, app_key="other").grant()
    answer = await shop.http.get("/_mock/counters")
    assert answer.status_code == 400
    assert "2 app keys are known" in answer.json()["message"]
    await shop.admin("POST", "reset")
    assert (await shop.http.get("/_mock/counters")).status_code == 400


async def test_an_unknown_app_key_is_404(shop):
    """The lab tells a variant that never called by it."""
    assert (await shop.http.get("/_mock/ledger?app_key=x")).status_code == 404


async def test_an_unknown_payment_is_404(shop):
    """Whatever is asked of it."""
    assert (await shop.http.get("/_mock/payments/TR1/timeline")).status_code == 404
    assert (await shop.http.post("/_mock/payments/TR1/approve")).status_code == 404
    assert (await shop.http.post("/_mock/payments/TR1/cancel")).status_code == 404


@pytest.mark.parametrize("value", ["-1", "x", "1.5", "٣", "100001", "9" * 30, ""])
async def test_a_count_is_a_whole_number_within_its_limit(shop, value: str):
    """400 otherwise, with the name and the limit."""
    answer = await shop.http.get("/_mock/payments", params={"limit": value})
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("limit: must be a whole number from 0 to 100000")
