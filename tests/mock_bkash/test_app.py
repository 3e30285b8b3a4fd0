"""The front door over ASGI."""

from typing import Any

import httpx

from mock_bkash import create_app


async def converse(scope: dict[str, Any], *received: dict[str, Any]) -> list[dict[str, Any]]:
    left, sent = list(received), []

    async def receive() -> dict[str, Any]:
        return left.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await create_app()(scope, receive, send)  # type: ignore[arg-type]
    return sent


async def test_a_default_mock_needs_no_configuration():
    """Three kinds of visitors find their way by the path."""
    transport = httpx.ASGITransport(app=create_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://mock.test") as http:
        assert (await http.get("/_mock/health")).json()["profile"] == "guide"
        assert (await http.get("/redirect/tokenized")).status_code == 404
        assert (await http.get("/redirect/tokenized/")).headers["content-type"].startswith("text/")
        assert (await http.get("/")).json() == {"message": "Missing Authentication Token"}


async def test_lifespan_is_answered():
    """Servers that insist on it may have it."""
    sent = await converse(
        {"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}
    )
    assert [m["type"] for m in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


async def test_websockets_are_closed():
    """The gateway has none."""
    sent = await converse({"type": "websocket"}, {"type": "websocket.connect"})
    assert sent == [{"type": "websocket.close"}]
