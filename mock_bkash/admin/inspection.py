"""Looking: state, ledger, journal, counters and timelines, changing nothing."""

from itertools import islice
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from mock_bkash.admin.exhibit import (
    show_counters,
    show_journal,
    show_ledger,
    show_payment,
    show_timeline,
)
from mock_bkash.admin.fault import json_response
from mock_bkash.admin.request import find_payment, find_tenant, read_count
from mock_bkash.admin.shape import Health, PaymentsShown
from mock_bkash.world import World

__all__ = ["Inspection"]

DEFAULT_PAYMENTS: Final = 1000
MAX_PAYMENTS: Final = 100_000
"""Payments per answer: some 30 MB of JSON."""


class Inspection:
    """Answer the GET requests."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def health(self, request: Request) -> Response:
        """Say that the mock is up, and how it was configured."""
        config, tenants = self._world.config, self._world.tenants
        shown: Health = {
            "status": "ok",
            "profile": config.profile.name,
            "seed": config.seed,
            "time_scale": config.time_scale,
            "approve": config.approve,
            "token_lifetime_s": config.token_lifetime_s,
            "token_limit": config.token_limit,
            "duplicate_window_s": config.duplicate_window_s,
            "not_approved_code": config.not_approved_code,
            "callback_form": config.callback_form,
            "quirks": sorted(config.quirks),
            "app_keys": [tenant.app_key for tenant in tenants],
            "unattributed_calls": dict(self._world.gateway.strangers.calls),
        }
        return json_response(shown)

    async def ledger(self, request: Request) -> Response:
        """Show the captures of an app key."""
        return json_response(show_ledger(find_tenant(request, self._world.tenants)))

    async def payments(self, request: Request) -> Response:
        """Show the payments of an app key, oldest first, from `offset` on, at most `limit`."""
        tenant = find_tenant(request, self._world.tenants)
        total = len(tenant.payments)
        offset = read_count(request, "offset", default=0, limit=total)
        limit = read_count(request, "limit", default=DEFAULT_PAYMENTS, limit=MAX_PAYMENTS)
        shown = islice(tenant.payments.values(), offset, offset + limit)
        listed: PaymentsShown = {
            "app_key": tenant.app_key,
            "total": total,
            "offset": offset,
            "payments": [show_payment(payment) for payment in shown],
        }
        return json_response(listed)

    async def journal(self, request: Request) -> Response:
        """Show the totals and the last calls of an app key."""
        tenant = find_tenant(request, self._world.tenants)
        return json_response(show_journal(tenant.app_key, tenant.journal))

    async def counters(self, request: Request) -> Response:
        """Show the exact counts of an app key."""
        return json_response(show_counters(find_tenant(request, self._world.tenants)))

    async def timeline(self, request: Request) -> Response:
        """Show the calls of one payment."""
        return json_response(show_timeline(*find_payment(request, self._world.tenants)))
