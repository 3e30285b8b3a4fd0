"""Laws of the application: its routes, and that every answer is typed and timed."""

from typing import Any

import pytest

from harness.merchant.store import Store

ROUTES = [
    ("POST", "/api/bkash/make-payment", 400),
    ("GET", "/api/bkash/callback", 400),
    ("POST", "/api/bkash/refresh-token", 202),
    ("GET", "/api/cron/refresh-bkash-token", 403),
    ("GET", "/api/bkash/performance", 200),
    ("GET", "/api/bkash/test-token", 403),
    ("GET", "/healthz", 200),
    ("HEAD", "/healthz", 200),
    ("GET", "/checkout/1?user_id=1", 200),
    ("GET", "/checkout/result", 404),
    ("GET", "/static/checkout.js", 200),
    ("GET", "/nothing/here", 404),
    ("GET", "/favicon.ico", 404),
    ("GET", "/api/bkash/make-payment", 405),
    ("POST", "/api/bkash/callback", 405),
    ("DELETE", "/checkout/1", 405),
]


@pytest.mark.parametrize(("method", "path", "http_status"), ROUTES)
def test_every_answer_carries_server_timing(method: str, path: str, http_status: int, play: Any):
    """Whatever became of the request."""

    async def story(world: Any) -> Any:
        return await world.browser.request(method, path)

    response = play(story, profile="fast")
    assert response.status_code == http_status
    assert "dur=" in response.headers["server-timing"]
    if http_status in {404, 405} and method != "HEAD":
        assert response.json()["error"]["type"] in {
            "not_found",
            "method_not_allowed",
            "unknown_payment",
        }
    assert ("allow" in response.headers) == (http_status == 405)


def test_a_programmers_error_is_a_typed_500_that_says_nothing(
    play: Any, monkeypatch: pytest.MonkeyPatch
):
    """No traceback, no message of ours, and still timed."""

    async def fail(self: Store, course_id: int) -> None:
        raise RuntimeError("the launch code is 1234")

    async def story(world: Any) -> Any:
        monkeypatch.setattr(Store, "show_course", fail)
        return await world.land()

    response = play(story)
    assert response.status_code == 500
    assert response.json()["error"]["type"] == "internal"
    assert "1234" not in response.text
    assert "server-timing" in response.headers


def test_a_browser_is_shown_a_page(play: Any):
    """Also where nothing is."""

    async def story(world: Any) -> Any:
        return await world.browser.get("/nothing", headers={"accept": "text/html"})

    response = play(story)
    assert response.status_code == 404
    assert "<h1>That did not work</h1>" in response.text
