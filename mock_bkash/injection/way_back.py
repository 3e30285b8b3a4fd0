"""The shopper's way back from the customer page to the shop, where it can be lost or spoilt too.

It is a redirect that the shopper's browser follows, no call of bKash's: the mock never fetches a
callback URL. What the shopper decided on the page stands, whatever happens to the answer.
"""

import asyncio
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from msgspec import UNSET

from mock_bkash.asgi import App, Message, Receive, Scope, Send
from mock_bkash.connection import SCOPE_KEY, Connection
from mock_bkash.fault import CALLBACK, FAULT_WALLETS, Fault, FaultError, Kind
from mock_bkash.injection.body import PAGE, message_body
from mock_bkash.injection.delivery import deliver
from mock_bkash.injection.exchange import Exchange
from mock_bkash.injection.injector import Injector
from mock_bkash.operation.work import Answer
from mock_bkash.payment import Payment
from mock_bkash.tenant import Tenant, Tenants
from mock_bkash.wire.tokenized import parse_page_query

__all__ = ["WayBack"]

_REDIRECTS: Final = (302, 303)


class WayBack:
    """Stand before the customer page, and let faults happen to its redirects."""

    def __init__(
        self, page: App, *, tenants: Tenants, injector: Injector, time_scale: float
    ) -> None:
        """Take `time_scale` as wall seconds per modelled second."""
        self._page = page
        self._tenants = tenants
        self._injector = injector
        self._time_scale = time_scale

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the page, and send its answer on or spoil it."""
        payment_id = parse_page_query(scope["query_string"]).payment_id
        tenant = self._tenants.holder_of_payment(payment_id)
        if tenant is None:
            await self._page(scope, receive, send)
            return
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self._page(scope, receive, keep)
        payment = tenant.payments[payment_id]
        if payment.wallet in FAULT_WALLETS:
            tenant.faults.watch_wallets()
        fault = self._choose(tenant, payment, scope, messages)
        if fault is not None:
            await self._spoil(fault, messages, scope, receive, send)
            return
        for message in messages:
            await send(message)

    def _choose(
        self, tenant: Tenant, payment: Payment, scope: Scope, messages: list[Message]
    ) -> Fault | None:
        if not messages or messages[0]["status"] not in _REDIRECTS:
            return None
        try:
            return self._injector.choose_for(
                tenant, payment, headers=dict(scope["headers"]), operation=CALLBACK
            )
        except FaultError:
            # The header is for those who call bKash; a browser has no use for a complaint.
            return None

    async def _spoil(
        self, fault: Fault, messages: list[Message], scope: Scope, receive: Receive, send: Send
    ) -> None:
        if fault.kind in (Kind.DELAY, Kind.ALTER):
            await asyncio.sleep(fault.seconds * self._time_scale)
            for message in messages:
                await send(_altered(fault, message))
            return
        connection: Connection | None = scope.get("state", {}).get(SCOPE_KEY)
        exchange = Exchange(
            receive=receive,
            send=send,
            line=None if connection is None else connection.line,
            headers=(),
            wall_s_per_s=self._time_scale,
        )
        body = PAGE if fault.kind is Kind.HTML else message_body(fault)
        await deliver(fault, Answer(fault.status, body, str(fault.kind)), exchange)


def _altered(fault: Fault, message: Message) -> Message:
    if fault.kind is not Kind.ALTER or message["type"] != "http.response.start":
        return message
    headers: list[tuple[bytes, bytes]] = [
        (name, _alter_link(value.decode("latin-1"), fault).encode("latin-1"))
        if name == b"location"
        else (name, value)
        for name, value in message["headers"]
    ]
    return {**message, "headers": headers}


def _alter_link(link: str, fault: Fault) -> str:
    parts = urlsplit(link)
    query: list[tuple[str, Any]] = parse_qsl(parts.query, keep_blank_values=True)
    query = [(name, value) for name, value in query if name != fault.field]
    if fault.value is not UNSET:
        query.append((fault.field, fault.value))
    return urlunsplit(parts._replace(query=urlencode(query)))
