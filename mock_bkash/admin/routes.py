"""The addresses of the admin API, and the guard before them."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from mock_bkash.admin.access import Guard
from mock_bkash.admin.auditing import Auditing
from mock_bkash.admin.control import Control
from mock_bkash.admin.describing import Describing
from mock_bkash.admin.doorkeeping import Doorkeeping
from mock_bkash.admin.fault import answer_fault
from mock_bkash.admin.injecting import Injecting
from mock_bkash.admin.inspection import Inspection
from mock_bkash.admin.timekeeping import Timekeeping
from mock_bkash.asgi import App
from mock_bkash.world import World

__all__ = ["admin_routes", "create_admin"]


def admin_routes(world: World) -> list[Route]:
    """Return the addresses of a world's admin API."""
    look, do, auditing = Inspection(world), Control(world), Auditing(world)
    faults, clock = Injecting(world), Timekeeping(world)
    payment = "/_mock/payments/{payment_id}"
    describing = Describing()
    return [
        Route("/_mock/health", look.health, methods=["GET"]),
        Route("/_mock/ledger", look.ledger, methods=["GET"]),
        Route("/_mock/payments", look.payments, methods=["GET"]),
        Route("/_mock/journal", look.journal, methods=["GET"]),
        Route("/_mock/counters", look.counters, methods=["GET"]),
        Route(f"{payment}/timeline", look.timeline, methods=["GET"]),
        Route(f"{payment}/approve", do.approve, methods=["POST"]),
        Route(f"{payment}/cancel", do.cancel, methods=["POST"]),
        Route("/_mock/reset", do.reset, methods=["POST"]),
        Route("/_mock/audit", auditing.audit, methods=["POST"]),
        Route("/_mock/faults", faults.show, methods=["GET"]),
        Route("/_mock/faults", faults.replace, methods=["PUT"]),
        Route("/_mock/faults", faults.add, methods=["POST"]),
        Route("/_mock/faults", faults.lift, methods=["DELETE"]),
        Route("/_mock/door", Doorkeeping(world).shut, methods=["POST"]),
        Route("/_mock/clock", clock.show, methods=["GET"]),
        Route("/_mock/clock", clock.advance, methods=["POST"]),
        Route("/_mock/openapi.json", describing.gateway, methods=["GET"]),
        Route("/_mock/openapi-admin.json", describing.admin, methods=["GET"]),
    ]


def create_admin(world: World) -> App:
    """Return the admin API of a world as an ASGI app, behind its guard."""
    app = Starlette(routes=admin_routes(world), exception_handlers={HTTPException: answer_fault})
    app.router.redirect_slashes = False
    return Guard(
        app,
        admin_token=world.config.admin_token,
        local_only=world.config.admin_local_only,
        is_merchant=lambda token: world.tenants.holder_of(token) is not None,
    )
