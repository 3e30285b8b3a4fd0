"""Laws of the pages on the wire: who sees what, and for how long it may be kept."""

from typing import Any

import pytest


def test_a_landing_shows_the_course_and_counts(play: Any):
    """With its price, for this shopper."""

    async def story(world: Any) -> Any:
        page = await world.land(user_id=7, course_id=5)
        funnel = (await world.browser.get("/api/bkash/performance")).json()["funnel"]
        return page, funnel["landed"]

    page, landed = play(story)
    assert page.status_code == 200
    assert "Accounting for Beginners" in page.text
    assert 'name="user_id" value="7"' in page.text
    assert landed == 1


@pytest.mark.parametrize(
    ("path", "http_status", "kind"),
    [
        ("/checkout/999?user_id=1", 404, "unknown_course"),
        ("/checkout/abc?user_id=1", 404, "unknown_course"),
        ("/checkout/-1?user_id=1", 404, "unknown_course"),
        ("/checkout/99999999999999999999?user_id=1", 404, "unknown_course"),
        ("/checkout/%E0%A7%A7?user_id=1", 404, "unknown_course"),
        ("/checkout/1", 422, "invalid_field"),
        ("/checkout/1?user_id=", 422, "invalid_field"),
        ("/checkout/1?user_id=<script>", 422, "invalid_field"),
        ("/checkout/result", 404, "unknown_payment"),
        ("/checkout/result?ref=forged.1.1.x&status=success", 404, "unknown_payment"),
        ("/static/secret.txt", 404, "not_found"),
        ("/static/..%2fapp.py", 404, "not_found"),
    ],
)
def test_what_is_not_there_is_said_in_type(path: str, http_status: int, kind: str, play: Any):
    """And nothing of what was asked is repeated."""

    async def story(world: Any) -> Any:
        return await world.browser.get(path)

    response = play(story)
    assert response.status_code == http_status
    assert response.json()["error"]["type"] == kind
    assert "script" not in response.text


def test_a_genuine_state_whose_payment_is_gone_is_404(play: Any):
    """Another database, the same key: nothing to show."""

    async def story(world: Any) -> Any:
        callback = await world.approve(await world.begin())
        location = (await world.come_back(callback)).headers["location"]
        world.sql("UPDATE payments SET ref = 'moved' WHERE archived = 0")
        return (await world.browser.get(location)).status_code

    assert play(story) == 404


def test_the_result_is_the_books_and_not_the_addresss(play: Any):
    """A status that somebody typed changes nothing on the page."""

    async def story(world: Any) -> Any:
        callback = await world.approve(await world.begin())
        response = await world.come_back(callback.replace("status=success", "status=cancel"))
        forged = response.headers["location"].replace("status=cancelled", "status=success")
        return (await world.browser.get(forged)).text

    assert "<h1>Payment cancelled</h1>" in play(story)


def test_assets_are_kept_for_ever_under_their_version(play: Any):
    """A new version has a new address; an address without one is kept for an hour."""

    async def story(world: Any) -> Any:
        page = (await world.land()).text
        address = page.split('src="')[1].split('"')[0]
        versioned = await world.browser.get(address)
        bare = await world.browser.get("/static/checkout.js")
        etag = versioned.headers["etag"]
        unchanged = await world.browser.get(address, headers={"if-none-match": etag})
        return versioned, bare, unchanged

    versioned, bare, unchanged = play(story)
    assert "immutable" in versioned.headers["cache-control"]
    assert versioned.headers["content-type"].startswith("text/javascript")
    assert "bkash-prefetch" in versioned.text
    assert bare.headers["cache-control"] == "public, max-age=3600"
    assert (unchanged.status_code, unchanged.content) == (304, b"")
