"""The addresses of the admin API."""

import pytest

READING = ("health", "ledger", "payments", "journal", "counters")


@pytest.mark.parametrize("path", READING)
async def test_looking_is_get_and_is_not_kept(shop, path: str):
    """JSON that no cache may answer for."""
    answer = await shop.http.get(f"/_mock/{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["reset", "audit", "payments/TR1/approve", "payments/TR1/cancel"])
async def test_doing_is_post(shop, path: str):
    """A link in a page or a chat does nothing."""
    assert (await shop.http.get(f"/_mock/{path}")).status_code == 405


async def test_every_address_is_documented():
    """Who reads docs/mock.md knows them all."""
    from pathlib import Path

    from starlette.applications import Starlette
    from starlette.routing import Route

    from mock_bkash import MockConfig
    from mock_bkash.admin import create_admin
    from mock_bkash.world import World

    app = create_admin(World(MockConfig()))._app
    assert isinstance(app, Starlette)
    reference = (Path(__file__).parents[3] / "docs" / "mock.md").read_text()
    for route in app.routes:
        assert isinstance(route, Route)
        assert route.path.replace("/_mock/payments/{payment_id}/", "").split("/_mock/")[-1] in (
            reference
        )
