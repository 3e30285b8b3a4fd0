"""The six calls to bKash, each made once: no retry, no token of its own, no memory.

Drives the transport itself, below `httpx.AsyncClient`: that one adds redirects, cookies, a log line
with the address and about 0.1 ms of CPU to every call, and nothing that is needed here.
"""

from collections.abc import Callable
from typing import TypeVar

import httpx

from harness.client.channel import Channel, GatewayCounts
from harness.client.credentials import Credentials
from harness.client.echo import Contradiction, read_created, read_status, read_transaction
from harness.client.epoch import epoch_ns
from harness.client.payment import CreatedPayment, Order, PaymentStatus, Terms, Transaction
from harness.client.text import Secrets, is_header_safe
from harness.client.timeouts import DOCUMENTED_TIMEOUTS, Deadline, Timeouts
from harness.client.tokens.token import Token
from harness.client.wire import (
    Operation,
    Reply,
    create_body,
    grant_body,
    payment_body,
    payment_headers,
    read_lifetime_s,
    refresh_body,
    search_body,
    token_headers,
)
from harness.clock import NS_PER_S
from harness.errors import GatewayProtocolError

__all__ = ["Gateway"]

T = TypeVar("T")

_MAX_TOKEN_CHARS = 8_000
"""bKash's tokens have 900 and 1,800 characters; servers take headers of 8 kB."""

_LONGEST_TRANSIT = 1 / 10
"""Most of a token's life that is charged for the time its answer took."""


class Gateway:
    """Talk to one bKash gateway for one merchant.

    Attributes:
        timeouts: bounds of the calls, modelled.
        time_scale: wall seconds per modelled second.
    """

    def __init__(
        self,
        base_url: str,
        credentials: Credentials,
        transport: httpx.AsyncBaseTransport,
        *,
        timeouts: Timeouts = DOCUMENTED_TIMEOUTS,
        keep_alive: bool = True,
        time_scale: float = 1.0,
    ) -> None:
        """Prepare; nothing is sent.

        Args:
            base_url: up to and including the version, `https://…/v1.2.0-beta`.
            credentials: of the merchant.
            transport: any of httpx's; closed by `aclose`.
            timeouts: bounds of the calls.
            keep_alive: keep connections open between calls; without it each call says
                `Connection: close`.
            time_scale: wall seconds per modelled second, for timeouts and token lifetimes.

        Raises:
            ConfigurationError: the base URL cannot be used.
        """
        if not 0 < time_scale < float("inf"):
            raise ValueError(f"time_scale {time_scale} must be a positive number")
        self.timeouts = timeouts
        self.time_scale = time_scale
        self._credentials = credentials
        self._channel = Channel(base_url, transport, keep_alive=keep_alive)

    async def grant(self) -> Token:
        """Get a first token.

        Raises:
            PaymentError: see `harness.errors`; the class says what may be done.
        """
        request = self._channel.request(
            Operation.TOKEN_GRANT, token_headers(self._credentials), grant_body(self._credentials)
        )
        return await self._call_for_token(Operation.TOKEN_GRANT, request)

    async def refresh(self, token: Token) -> Token:
        """Get the next token for one that was granted.

        Raises:
            PaymentError: see `harness.errors`.
        """
        request = self._channel.request(
            Operation.TOKEN_REFRESH,
            token_headers(self._credentials),
            refresh_body(self._credentials, token),
        )
        return await self._call_for_token(Operation.TOKEN_REFRESH, request, old=token)

    async def create(
        self, token: Token, order: Order, *, deadline: Deadline | None = None
    ) -> CreatedPayment:
        """Create a payment that the shopper approves at bKash's page.

        Raises:
            PaymentError: see `harness.errors`.
        """
        return await self._call(
            Operation.CREATE_PAYMENT,
            token,
            create_body(order),
            lambda reply: read_created(reply, terms=order.terms, schemes=self._channel.schemes),
            deadline=deadline,
        )

    async def execute(
        self, token: Token, payment_id: str, *, terms: Terms, deadline: Deadline | None = None
    ) -> PaymentStatus:
        """Move the money of an approved payment.

        Raises:
            PaymentError: see `harness.errors`. After `OutcomeUnknown` and `GatewayProtocolError`
                the money may have moved.
        """
        return await self._call(
            Operation.EXECUTE_PAYMENT,
            token,
            payment_body(payment_id),
            lambda reply: read_status(reply, payment_id=payment_id, terms=terms),
            payment_id=payment_id,
            deadline=deadline,
        )

    async def query(
        self,
        token: Token,
        payment_id: str,
        *,
        terms: Terms | None = None,
        deadline: Deadline | None = None,
    ) -> PaymentStatus:
        """Ask where a payment stands.

        Raises:
            PaymentError: see `harness.errors`.
        """
        return await self._call(
            Operation.QUERY_PAYMENT,
            token,
            payment_body(payment_id),
            lambda reply: read_status(reply, payment_id=payment_id, terms=terms),
            payment_id=payment_id,
            deadline=deadline,
        )

    async def search(
        self, token: Token, trx_id: str, *, deadline: Deadline | None = None
    ) -> Transaction:
        """Ask what stands behind a receipt.

        Raises:
            PaymentError: see `harness.errors`.
        """
        return await self._call(
            Operation.SEARCH_TRANSACTION,
            token,
            search_body(trx_id),
            lambda reply: read_transaction(reply, trx_id=trx_id),
            deadline=deadline,
        )

    def counts(self) -> GatewayCounts:
        """Return what was counted so far."""
        return self._channel.counts()

    async def aclose(self) -> None:
        """Close the transport."""
        await self._channel.aclose()

    async def _call(
        self,
        operation: Operation,
        token: Token,
        body: bytes,
        read: Callable[[Reply], T],
        *,
        deadline: Deadline | None,
        payment_id: str | None = None,
    ) -> T:
        timeout_s = self.timeouts.payment_s * self.time_scale
        if deadline is not None:
            timeout_s = min(timeout_s, deadline.remaining_s())
        reply = await self._channel.call(
            operation,
            self._channel.request(operation, payment_headers(self._credentials, token), body),
            timeout_s=timeout_s,
            secrets=Secrets((token.id_token, self._credentials.app_key)),
            payment_id=payment_id,
        )
        try:
            return read(reply)
        except Contradiction as error:
            raise GatewayProtocolError(
                f"{operation}: {error}", phase=operation, payment_id=payment_id
            ) from error

    async def _call_for_token(
        self, operation: Operation, request: httpx.Request, *, old: Token | None = None
    ) -> Token:
        credentials = self._credentials
        sent_ns = epoch_ns()
        reply = await self._channel.call(
            operation,
            request,
            timeout_s=self.timeouts.token_s * self.time_scale,
            secrets=Secrets(
                (
                    credentials.app_secret,
                    credentials.password,
                    credentials.app_key,
                    "" if old is None else old.refresh_token,
                )
            ),
        )
        lifetime_s = read_lifetime_s(reply.expires_in)
        # bKash issued it somewhere between our sending and now; the start is the safe guess. But a
        # short life must not be over before it began, so the transit is charged up to a limit.
        transit_ns = round(_LONGEST_TRANSIT * lifetime_s * self.time_scale * NS_PER_S)
        issued_at_ns = max(sent_ns, epoch_ns() - transit_ns)
        token = _read_token(reply, old, issued_at_ns=issued_at_ns, lifetime_s=lifetime_s)
        if token is None:
            raise GatewayProtocolError(f"{operation}: no usable token in it", phase=operation)
        return token


def _read_token(
    reply: Reply, old: Token | None, *, issued_at_ns: int, lifetime_s: float
) -> Token | None:
    id_token = reply.id_token or ""
    # bKash repeats the refresh token on refresh; one that does not has not taken the old one back.
    refresh_token = reply.refresh_token or ("" if old is None else old.refresh_token)
    if not is_header_safe(id_token, max_chars=_MAX_TOKEN_CHARS):
        return None
    if len(refresh_token) > _MAX_TOKEN_CHARS:
        return None
    return Token(id_token, refresh_token, issued_at_ns, lifetime_s)
