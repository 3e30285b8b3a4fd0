"""The audit over HTTP: a merchant's view comes in, the ledger's verdict goes out."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mock_bkash.admin.fault import json_response
from mock_bkash.asgi import BodyTooLarge, read_body
from mock_bkash.audit import AuditRequest, Truth, Verdict, audit, read_audit_request
from mock_bkash.tenant import Tenant
from mock_bkash.world import World

__all__ = ["MAX_AUDIT_BYTES", "Auditing"]

MAX_AUDIT_BYTES: Final = 64 * 1024 * 1024
"""Some 150,000 payments with their histories."""


class Auditing:
    """Answer `POST /_mock/audit`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def audit(self, request: Request) -> Response:
        """Judge the views in the body; an app key that never called has an empty ledger."""
        view = _read(await _body(request))
        tenant = self._world.tenants.find(view.app_key)
        if view.settle and tenant is not None:
            return json_response(_settle(view, tenant))
        return json_response(_judge(view, tenant))


def _judge(view: AuditRequest, tenant: Tenant | None) -> Verdict:
    return audit(view, Truth() if tenant is None else _truth(tenant))


def _settle(view: AuditRequest, tenant: Tenant) -> Verdict:
    """Judge the payments that are named, and give them up."""
    named = {p.payment_id for p in view.payments or () if p.payment_id is not None}
    known = _truth(tenant)
    part = Truth(
        captures=[capture for capture in known.captures if capture.payment_id in named],
        refunds=[refund for refund in known.refunds if refund.payment_id in named],
        created_s_ago=known.created_s_ago,
        payment_states={
            key: known.payment_states[key] for key in named & set(known.payment_states)
        },
        agreement_states=known.agreement_states,
    )
    verdict = audit(view, part)
    for payment in tenant.payments.settle(sorted(named)):
        for trace in {call.trace for call in payment.calls}:
            tenant.attempts.forget(trace)
    return verdict


def _truth(tenant: Tenant) -> Truth:
    now_ms = tenant.clock.epoch_ms()
    payments = tenant.payments.values()
    for payment in payments:
        payment.age(now_ms)
    return Truth(
        captures=tenant.ledger.captures,
        refunds=tenant.ledger.refunds,
        created_s_ago={p.payment_id: (now_ms - p.created_ms) / 1000 for p in payments},
        payment_states={p.payment_id: p.state for p in payments},
        agreement_states={a.agreement_id: a.state for a in tenant.agreements.all()},
        forgotten=tenant.ledger.forgotten,
    )


def _read(body: bytes) -> AuditRequest:
    try:
        return read_audit_request(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, f"the body is no audit request: {error}") from error


async def _body(request: Request) -> bytes:
    headers = dict(request.scope["headers"])
    try:
        return await read_body(headers, request.receive, limit_bytes=MAX_AUDIT_BYTES)
    except BodyTooLarge as error:
        limit = f"{MAX_AUDIT_BYTES // 2**20} MiB"
        raise HTTPException(413, f"an audit request is at most {limit}") from error
