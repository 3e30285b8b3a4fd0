"""Moving the mock's state."""

import pytest


async def test_approve_and_cancel_do_what_a_shopper_would(shop):
    """Each may be repeated; the wallet is the sandbox's first."""
    payment_id = (await shop.create())["paymentID"]
    for _ in range(2):
        shown = await shop.admin("POST", f"payments/{payment_id}/approve")
        assert (shown["state"], shown["wallet"]) == ("approved", "017*****575")
    for _ in range(2):
        shown = await shop.admin("POST", f"payments/{payment_id}/cancel")
        assert shown["state"] == "cancelled"
    assert (await shop.execute(payment_id))["statusCode"] == "2056"


@pytest.mark.parametrize("move", ["approve", "cancel"])
async def test_what_is_completed_stays_so(shop, move: str):
    """409, and nothing has changed."""
    payment_id = await shop.approved()
    await shop.execute(payment_id)
    answer = await shop.http.post(f"/_mock/payments/{payment_id}/{move}")
    assert (answer.status_code, answer.json()["error"]) == (409, "conflict")
    assert (await shop.query(payment_id))["transactionStatus"] == "Completed"


async def test_a_reset_forgets_one_app_key_with_all_that_is_its_own(shop, open_shop):
    """Tokens, payments, counts, credentials; the other goes on."""
    other = open_shop(at=shop, app_key="other")
    await other.grant()
    await shop.create()
    assert await shop.admin("POST", "reset", params={"app_key": "shop"}) == {"reset": ["shop"]}
    assert (await shop.call("create", shop.order())).status_code == 401
    assert (await other.create())["statusCode"] == "0000"
    shop.app_secret = "another secret"
    assert (await shop.grant())["statusCode"] == "0000"
    assert (await shop.admin("GET", "payments", params={"app_key": "shop"}))["total"] == 0


async def test_a_reset_of_all_forgets_all(shop):
    """And says whom; a second one finds nobody."""
    assert await shop.admin("POST", "reset") == {"reset": ["shop"]}
    assert await shop.admin("POST", "reset") == {"reset": []}


async def test_a_reset_of_nobody_is_404(shop):
    """A misspelt key must not look like a reset."""
    assert (await shop.http.post("/_mock/reset?app_key=shpo")).status_code == 404
    assert (await shop.create())["statusCode"] == "0000"
