"""The customer page over HTTP: a page per step, and at the end the way back to the shop.

The hash in the address opens the page; without it a payment looks like none. A payment that is
settled, by whatever way, sends the browser back at once.
"""

import re
from collections.abc import Mapping
from hmac import compare_digest
from typing import Final
from urllib.parse import parse_qsl

from starlette.responses import HTMLResponse, Response

from mock_bkash.asgi import BodyTooLarge, ClientGone, Receive, Scope, Send, read_body
from mock_bkash.operation import judge_approval
from mock_bkash.page.rendering import render_gone, render_step
from mock_bkash.page.visit import Visit
from mock_bkash.payment import Move, Payment, PaymentState
from mock_bkash.return_address import return_address
from mock_bkash.tenant import Tenant
from mock_bkash.wire.tokenized import parse_page_query
from mock_bkash.world import World

__all__ = ["CustomerPage"]

MAX_VISITS: Final = 10_000
"""Shoppers on the page at a time; the oldest starts over. A browser run has a handful."""

MAX_FIELDS: Final = 20

_HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
# No form-action: browsers apply it to the redirect after a form, too, which leads to the shop.

_WALLET_LIKE: Final = re.compile(r"01[3-9][0-9]{8}", re.ASCII)


class CustomerPage:
    """Serve the page that bkashURL leads to."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._visits: dict[str, Visit] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET with the page or the way back, POST with what the form leads to."""
        try:
            response = await self._respond(scope, receive)
        except ClientGone:
            return
        await response(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive) -> Response:
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return Response(status_code=405, headers={"allow": "GET, HEAD, POST"})
        tenant, payment = self._find(scope["query_string"])
        if tenant is None or payment is None:
            return HTMLResponse(render_gone(), 404, headers=_HEADERS)
        form: Mapping[str, str] | None = None
        if scope["method"] == "POST":
            try:
                form = await _read_form(scope, receive)
            except ValueError as error:
                return Response(str(error), 400, media_type="text/plain")
        payment.age(tenant.clock.epoch_ms())
        return self._proceed(tenant, payment, form, action=_address(scope))

    def _find(self, query: bytes) -> tuple[Tenant | None, Payment | None]:
        asked = parse_page_query(query)
        expected = self._world.identifiers.page_hash(asked.payment_id)
        # Asked for first, so that a guessed id takes as long as one that does not exist.
        opened = compare_digest(expected.encode(), asked.page_hash.encode())
        tenant = self._world.tenants.holder_of_payment(asked.payment_id)
        return tenant, tenant.payments[asked.payment_id] if opened and tenant is not None else None

    def _proceed(
        self, tenant: Tenant, payment: Payment, form: Mapping[str, str] | None, *, action: str
    ) -> Response:
        if payment.state is PaymentState.INITIATED:
            visit = self._visit(payment)
            settled = visit.submit(form or {})
            if settled is None:
                html = render_step(payment, visit, action=action, prefill=_prefill(payment))
                return HTMLResponse(html, headers=_HEADERS)
            del self._visits[payment.payment_id]
            _settle(tenant, payment, visit, settled)
            self._world.keep(tenant, payment)
        # 303 after a form, so that going on is a GET whatever the browser.
        status = 302 if form is None else 303
        headers = {**_HEADERS, "location": return_address(self._world, payment)}
        return Response(status_code=status, headers=headers)

    def _visit(self, payment: Payment) -> Visit:
        visit = self._visits.get(payment.payment_id)
        if visit is None:
            if len(self._visits) >= MAX_VISITS:
                del self._visits[next(iter(self._visits))]
            # Only an agreement knows the wallet before its shopper says it.
            visit = Visit.with_wallet(payment.wallet) if payment.wallet else Visit()
            self._visits[payment.payment_id] = visit
        return visit


def _settle(tenant: Tenant, payment: Payment, visit: Visit, settled: Move) -> None:
    if visit.wallet:
        payment.wallet = visit.wallet
        payment.by_shopper = True
    code = visit.declined_with
    if settled is Move.APPROVE:
        code = judge_approval(tenant, payment, wallet=visit.wallet) or ""
    if code:
        payment.decline(code)
    else:
        payment.make(settled)


def _address(scope: Scope) -> str:
    return f"{scope['path']}?{scope['query_string'].decode('latin-1')}"


def _prefill(payment: Payment) -> str:
    # bKash fills the field where the merchant's reference is the shopper's number.
    reference = payment.payer_reference.strip()
    return reference if _WALLET_LIKE.fullmatch(reference) else ""


async def _read_form(scope: Scope, receive: Receive) -> Mapping[str, str]:
    try:
        body = await read_body(dict(scope["headers"]), receive)
    except BodyTooLarge as error:
        raise ValueError("the form is too large") from error
    # Latin-1 never fails; the page's own fields are digits.
    fields = parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    return dict(fields)
