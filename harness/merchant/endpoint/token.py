"""Everything about the token that can be asked from outside; the token itself is never shown."""

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import Response

from harness.client import BACKGROUND_RENEW_AT, TokenSource, Warmth
from harness.clock import NS_PER_MS, now_ns
from harness.errors import PaymentError
from harness.merchant.answer import answer_json
from harness.merchant.cron_guard import CronGuard
from harness.merchant.later import Later
from harness.merchant.rejection import Reason, Rejection

__all__ = ["TokenEndpoints"]

_LOG = logging.getLogger(__name__)

_SENTENCES = {
    Warmth.NOTHING_TO_WARM: "This variant keeps no token that could be warmed",
    Warmth.FRESH: "Using cached token",
    Warmth.LOADED: "Token loaded from the database",
    Warmth.RENEWED: "Token renewed",
    Warmth.COOLING_DOWN: "Token calls are resting after a failure",
    Warmth.FAILED: "bKash gave no token",
}
_UNDER_WAY = "Token refresh is under way"


class TokenEndpoints:
    """Serve prefetch, cron and the token test."""

    def __init__(
        self,
        tokens: TokenSource,
        *,
        guard: CronGuard,
        later: Later,
        renew_at: float = BACKGROUND_RENEW_AT,
    ) -> None:
        """Serve `tokens`; cron renews them from the share `renew_at` of their life on."""
        self._tokens = tokens
        self._renew_at = renew_at
        self._guard = guard
        self._later = later
        self._warming: asyncio.Task[None] | None = None
        self._last: Warmth | None = None

    async def refresh(self, request: Request) -> Response:
        """Warm the token and do not wait for it; public, so any number of calls is one call."""
        del request
        if self._warming is None or self._warming.done():
            self._last = None
            self._warming = self._later.spawn(self._warm())
            # One turn of the loop is all that a token in memory takes; a gateway is not waited for.
            await asyncio.sleep(0)
        message = _UNDER_WAY if self._last is None else _SENTENCES[self._last]
        _LOG.debug("%s", message)
        return answer_json(202, message, data={"cached": self._last is Warmth.FRESH})

    async def _warm(self) -> None:
        report = await self._tokens.warm()
        self._last = report.warmth

    async def cron(self, request: Request) -> Response:
        """Renew the token if a quarter of its life or less is left; wait for the outcome."""
        self._guard.check(request)
        report = await self._tokens.warm(renew_at=self._renew_at)
        if report.warmth is Warmth.FAILED:
            raise Rejection(Reason.GATEWAY_UNREACHABLE, f"bKash gave no token: {report.detail}")
        due_s = None if report.due_s is None else round(report.due_s, 3)
        data = {"warmth": report.warmth.value, "next_due_s": due_s}
        return answer_json(200, _SENTENCES[report.warmth], data=data)

    async def test(self, request: Request) -> Response:
        """Tell where a token comes from, how old it is, and how long it took to get."""
        self._guard.check(request)
        began_ns = now_ns()
        try:
            token = await self._tokens.token()
        except PaymentError as error:
            raise Rejection(Reason.GATEWAY_UNREACHABLE, f"bKash gave no token: {error}") from error
        data = {
            "source": token.origin.value,
            "age_s": round(self._tokens.age_s(token), 3),
            "lifetime_s": token.lifetime_s,
            "retrieval_ms": round((now_ns() - began_ns) / NS_PER_MS, 3),
        }
        return answer_json(200, f"Token from {token.origin.value}", data=data)
