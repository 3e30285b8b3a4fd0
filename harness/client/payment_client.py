"""Payments, safely: the gateway's calls joined with tokens, replays, retries and the doubt.

Three rules, and why they are safe:

- A 401 is answered with another token and one replay. The gateway checks the token first, so a call
  that got a 401 did nothing; that holds for execute too.
- An execute that was sent and not answered is asked about with query, and never sent again. bKash
  has no idempotency key: only the answer to a query tells whether the money moved.
- A call is made again by itself only where nothing left the machine, or where it only asks.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from harness.client.gateway import Gateway
from harness.client.payment import (
    Completed,
    CreatedPayment,
    Declined,
    ExecuteResult,
    Order,
    PaymentStatus,
    StillUnknown,
    Terms,
    Transaction,
    TransactionStatus,
)
from harness.client.refusal import SETTLED_CODES, TOKEN_CODES, UNCLEAR_CODES
from harness.client.retry import NO_RETRIES, RetryPolicy
from harness.client.timeouts import Deadline
from harness.client.tokens import Token, TokenSource
from harness.errors import GatewayProtocolError, NotSent, OutcomeUnknown, PaymentError, Refused
from harness.stages import Stage

__all__ = ["PaymentClient"]

T = TypeVar("T")

_TOKEN_PHASES = (Stage.TOKEN_LOOKUP, Stage.TOKEN_GRANT, Stage.TOKEN_REFRESH)

_TOO_MANY = "429"

_NEVER_PAID = frozenset(
    {TransactionStatus.CANCELLED, TransactionStatus.DECLINED, TransactionStatus.EXPIRED}
)


class PaymentClient:
    """Create, execute and query payments.

    Attributes:
        gateway: makes the calls.
        tokens: provides their tokens.
    """

    def __init__(
        self, gateway: Gateway, tokens: TokenSource, *, retries: RetryPolicy = NO_RETRIES
    ) -> None:
        self.gateway = gateway
        self.tokens = tokens
        self._retries = retries

    def deadline(self) -> Deadline | None:
        """Return the deadline of a checkout request that begins now; None if there is no such."""
        checkout_s = self.gateway.timeouts.checkout_s
        if checkout_s is None:
            return None
        return Deadline.after(checkout_s, time_scale=self.gateway.time_scale)

    async def create(self, order: Order, *, deadline: Deadline | None = None) -> CreatedPayment:
        """Create a payment that the shopper approves at bKash's page.

        Raises:
            PaymentError: see `harness.errors`. No money moves by a create, so a new one is safe.
        """

        async def call(token: Token) -> CreatedPayment:
            return await self.gateway.create(token, order, deadline=deadline)

        key = f"{Stage.CREATE_PAYMENT}/{order.terms.invoice}"
        return await self._repeat(call, key=key, may_repeat=_is_harmless, deadline=deadline)

    async def execute(
        self, payment_id: str, *, terms: Terms, deadline: Deadline | None = None
    ) -> ExecuteResult:
        """Move the money of an approved payment, and say what is known afterwards.

        Args:
            payment_id: from create.
            terms: what an answer must agree with before it is believed.
            deadline: for everything that this takes, tokens and queries included.

        Raises:
            NotSent: bKash never saw the execute, so no money moved, and it may be called again.
        """

        async def call(token: Token) -> PaymentStatus:
            return await self.gateway.execute(token, payment_id, terms=terms, deadline=deadline)

        key = f"{Stage.EXECUTE_PAYMENT}/{payment_id}"
        try:
            status = await self._repeat(call, key=key, may_repeat=_is_harmless, deadline=deadline)
        except PaymentError as error:
            if _never_reached_bkash(error):
                raise NotSent(
                    f"not executed: {error}", phase=Stage.EXECUTE_PAYMENT, payment_id=payment_id
                ) from error
            if isinstance(error, Refused) and _is_final(error):
                return Declined(payment_id, error.status_code, error.status_message)
            return await self._settle(error, payment_id, terms, deadline)
        if status.trx_id is not None:
            return Completed(payment_id, status.trx_id)
        return await self._settle(_unfinished(status), payment_id, terms, deadline)

    async def query(
        self, payment_id: str, *, terms: Terms | None = None, deadline: Deadline | None = None
    ) -> PaymentStatus:
        """Ask where a payment stands; only after an execute went without a clear answer.

        bKash refuses shops that query on the normal path.

        Raises:
            PaymentError: see `harness.errors`.
        """

        async def call(token: Token) -> PaymentStatus:
            return await self.gateway.query(token, payment_id, terms=terms, deadline=deadline)

        key = f"{Stage.QUERY_PAYMENT}/{payment_id}"
        return await self._repeat(call, key=key, may_repeat=_is_worth_asking, deadline=deadline)

    async def search(self, trx_id: str, *, deadline: Deadline | None = None) -> Transaction:
        """Ask what stands behind a receipt.

        Raises:
            PaymentError: see `harness.errors`.
        """

        async def call(token: Token) -> Transaction:
            return await self.gateway.search(token, trx_id, deadline=deadline)

        key = f"search/{trx_id}"
        return await self._repeat(call, key=key, may_repeat=_is_worth_asking, deadline=deadline)

    async def aclose(self) -> None:
        """Stop fetching tokens, then close the transport."""
        await self.tokens.aclose()
        await self.gateway.aclose()

    async def _settle(
        self, doubt: PaymentError, payment_id: str, terms: Terms, deadline: Deadline | None
    ) -> ExecuteResult:
        """Ask bKash what became of an execute; `doubt` is why that has to be asked."""
        try:
            status = await self.query(payment_id, terms=terms, deadline=deadline)
        except PaymentError as error:
            # An answer that contradicts the order wants a person; that outweighs a lost one.
            contradicts = isinstance(error, GatewayProtocolError)
            return StillUnknown(payment_id, error if contradicts else doubt)
        if status.trx_id is not None:
            return Completed(payment_id, status.trx_id, queried=True)
        if status.status in _NEVER_PAID:
            return Declined(payment_id, status.status, f"Payment {status.status.lower()}")
        return StillUnknown(payment_id, doubt)

    async def _repeat(
        self,
        call: Callable[[Token], Awaitable[T]],
        *,
        key: str,
        may_repeat: Callable[[PaymentError], bool],
        deadline: Deadline | None,
    ) -> T:
        attempt = 1
        while True:
            try:
                result = await self._with_token(call, deadline)
            except PaymentError as error:
                # `pause` ends the loop: it counts attempts, time and budget.
                if not (may_repeat(error) and await self._retries.pause(key, attempt, deadline)):
                    raise
                attempt += 1
            else:
                self._retries.budget.refund()
                return result

    async def _with_token(
        self, call: Callable[[Token], Awaitable[T]], deadline: Deadline | None
    ) -> T:
        token = await _before(deadline, self.tokens.token())
        try:
            return await call(token)
        except Refused as refusal:
            if not _is_token_refused(refusal):
                raise
        token = await _before(deadline, self.tokens.replace(token))
        return await call(token)


async def _before(deadline: Deadline | None, token: Awaitable[Token]) -> Token:
    """Wait for a token no longer than the checkout has time."""
    if deadline is None:
        return await token
    try:
        async with asyncio.timeout_at(deadline.at_s):
            return await token
    except TimeoutError:
        raise NotSent(
            "the checkout's deadline passed while it waited for a token", phase=Stage.TOKEN_GRANT
        ) from None


def _is_token_refused(refusal: Refused) -> bool:
    return refusal.http_status == 401 or refusal.status_code in TOKEN_CODES


def _is_harmless(error: PaymentError) -> bool:
    """Tell whether a call that may move money may be made again: its request never left."""
    lost_token_call = error.phase in _TOKEN_PHASES and isinstance(error, OutcomeUnknown)
    return isinstance(error, NotSent) or lost_token_call


def _is_worth_asking(error: PaymentError) -> bool:
    """Tell whether a call that only asks may get an answer the next time."""
    if isinstance(error, Refused):
        return error.status_code in UNCLEAR_CODES or error.status_code == _TOO_MANY
    return True


def _never_reached_bkash(error: PaymentError) -> bool:
    """Tell whether an execute was certainly not executed, and through no fault of the shopper."""
    if isinstance(error, NotSent) or error.phase in _TOKEN_PHASES:
        return True
    return isinstance(error, Refused) and (
        _is_token_refused(error) or error.status_code == _TOO_MANY
    )


def _is_final(refusal: Refused) -> bool:
    """Tell whether a refused execute is settled: no money moved, and bKash knows that."""
    return refusal.status_code not in SETTLED_CODES | UNCLEAR_CODES


def _unfinished(status: PaymentStatus) -> OutcomeUnknown:
    return OutcomeUnknown(
        f"{Stage.EXECUTE_PAYMENT}: bKash accepted it and calls the payment {status.status}",
        phase=Stage.EXECUTE_PAYMENT,
        payment_id=status.payment_id,
    )
