"""The front door over ASGI: three kinds of visitors, told apart by the path."""

from typing import Final

from mock_bkash.admin import create_admin
from mock_bkash.asgi import App, Receive, Scope, Send
from mock_bkash.choice import Quirk
from mock_bkash.config import MockConfig
from mock_bkash.injection import WayBack
from mock_bkash.page import CustomerPage
from mock_bkash.wire.tokenized import NEWER_PAGE_PATH, PAGE_PATH
from mock_bkash.world import World

__all__ = ["create_app", "open_world"]

ADMIN_PREFIX: Final = "/_mock/"


def create_app(config: MockConfig | None = None) -> App:
    """Return the mock as an ASGI app; without a configuration, the default one.

    It needs no lifespan, and takes its time from whatever loop serves it.
    """
    return open_world(World(config or MockConfig()))


def open_world(world: World) -> App:
    """Return the ASGI app of a mock whose parts are there already."""
    gateway, admin = world.gateway, create_admin(world)
    page = WayBack(
        CustomerPage(world),
        tenants=world.tenants,
        injector=world.injector,
        time_scale=world.config.time_scale,
    )
    newer = Quirk.PAGE_LINK_2025 in world.config.quirks
    page_path = (NEWER_PAGE_PATH if newer else PAGE_PATH).rstrip("/")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if world.is_asleep:
            world.wake()
        if world.doorman.is_waiting:
            world.doorman.greet(scope)
        if scope["type"] != "http":
            await _refuse_protocol(scope, receive, send)
        elif world.config.admin and scope["path"].startswith(ADMIN_PREFIX):
            await admin(scope, receive, send)
        elif scope["path"].rstrip("/") == page_path:
            await page(scope, receive, send)
        else:
            await gateway(scope, receive, send)

    return app


async def _refuse_protocol(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close"})
        return
    while (await receive())["type"] == "lifespan.startup":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})
