"""The clock of an app key over HTTP: see it, and put it forward."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mock_bkash.admin.document import name_app_key, read_document
from mock_bkash.admin.fault import json_response
from mock_bkash.admin.request import find_tenant
from mock_bkash.admin.shape import ClockShown
from mock_bkash.tenant import Tenant
from mock_bkash.wire import format_time
from mock_bkash.world import World

__all__ = ["Timekeeping"]


class Timekeeping:
    """Answer the requests to `/_mock/clock`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def show(self, request: Request) -> Response:
        """Show what time it is for an app key."""
        return _show(find_tenant(request, self._world.tenants))

    async def advance(self, request: Request) -> Response:
        """Put the clock of an app key forward by `advance_s`; nothing sleeps, nothing goes back."""
        document = await read_document(request)
        app_key = name_app_key(request, self._world.tenants)
        tenant = self._world.tenants.find(app_key)
        if tenant is None:
            raise HTTPException(404, f"app key {app_key!r} was never granted a token, or was reset")
        try:
            document.refuse_unknown(("advance_s",))
            advance_s = document.number("advance_s")
            document.built(lambda: _advance(tenant, advance_s))
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        if self._world.state is not None:
            self._world.state.write_tenant(tenant)
        return _show(tenant)


def _advance(tenant: Tenant, advance_s: float) -> None:
    try:
        tenant.clock.advance(advance_s)
    except ValueError as error:
        raise ValueError(f"advance_s: {error}") from error


def _show(tenant: Tenant) -> Response:
    clock = tenant.clock
    epoch_ms = clock.epoch_ms()
    shown: ClockShown = {
        "app_key": tenant.app_key,
        "now": format_time(epoch_ms),
        "epoch_ms": epoch_ms,
        "elapsed_s": clock.elapsed_s(),
        "advanced_s": clock.advanced_s,
    }
    return json_response(shown)
