"""The body of an admin request."""

import pytest

from mock_bkash.admin import document


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "the body is no JSON"),
        (b"[]", "the body must be a JSON object"),
        (b"", "the body is no JSON"),
        (b'{"plan":"\xff"}', "the body is no JSON"),
        (b'{"x":' + b"[" * 50_000, "the body is no JSON"),
        (b'{"app_key":3,"plan":"reset"}', "app_key: must be a text of 1 to 255 signs"),
        (b'{"app_key":"","plan":"reset"}', "app_key: must be a text of 1 to 255 signs"),
        (b'{"app_key":"%s","plan":"reset"}' % (b"k" * 256), "app_key: must be a text"),
    ],
    ids=lambda value: value[:20],
)
async def test_what_cannot_be_read_is_told(shop, body: bytes, words: str):
    """400 and a sentence."""
    answer = await shop.http.put("/_mock/faults", content=body)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


async def test_a_body_has_a_limit(shop, monkeypatch: pytest.MonkeyPatch):
    """A plan is short."""
    monkeypatch.setattr(document, "MAX_DOCUMENT_BYTES", 1024)
    answer = await shop.http.put("/_mock/faults", content=b" " * 1025)
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


async def test_a_body_that_ends_early_changes_nothing(shop):
    """Its client has gone."""
    sent = []

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "PUT",
        "path": "/_mock/faults",
        "query_string": b"",
        "headers": [],
    }
    await shop.http._transport.app(scope, receive, send)
    assert sent[0]["status"] == 400
    assert (await shop.admin("GET", "faults"))["plans"] == []


async def test_the_app_key_may_be_left_out_while_there_is_one(shop, open_shop):
    """Else it has to be said: in the query or in the body, known already or not yet."""
    assert (await shop.admin("GET", "faults"))["app_key"] == "shop"
    await open_shop(at=shop, app_key="other").grant()
    answer = await shop.http.get("/_mock/faults")
    assert answer.status_code == 400
    assert "2 app keys are known; say which one with app_key" in answer.json()["message"]
    for where in (
        {"params": {"app_key": "new"}, "json": {"plan": "reset"}},
        {"json": {"plan": "reset", "app_key": "new"}},
    ):
        assert (await shop.admin("PUT", "faults", **where))["app_key"] == "new"
