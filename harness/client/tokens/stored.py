"""Tokens kept in the database only: looked up for each call, used until they die.

There is no single flight here: callers who find a dead token at the same moment grant one each.
That is what a cache in memory brings, and a run shows it.
"""

from dataclasses import replace

from harness.client.tokens.backoff import Backoff
from harness.client.tokens.flight import SingleFlight
from harness.client.tokens.freshness import Freshness
from harness.client.tokens.renewal import Renewal, TokenGateway
from harness.client.tokens.source import TokenCounts, WarmReport, Warmth
from harness.client.tokens.store import TokenStore
from harness.client.tokens.token import Token, TokenOrigin
from harness.client.tokens.warming import LIFETIME_UNKNOWN_S, cooling_down, failed
from harness.clock import now_ns
from harness.errors import PaymentError
from harness.stages import Stage, stage

__all__ = ["StoredTokens"]


class StoredTokens:
    """Use the token in the store until it dies, instead of granting anew."""

    def __init__(self, gateway: TokenGateway, *, store: TokenStore, freshness: Freshness) -> None:
        """Prepare; with `freshness.renew_at` a stale token is refreshed in the background."""
        self._store = store
        self._freshness = freshness
        by_refresh = freshness.renew_at is not None
        self._renewal = Renewal(gateway, freshness, by_refresh=by_refresh)
        self._flights = SingleFlight(time_scale=freshness.time_scale)
        self._backoff = Backoff(freshness)
        self._hits = 0
        self._misses = 0

    async def token(self) -> Token:
        """Return the stored token, or a granted one where that is missing or dead.

        Raises:
            PaymentError: there is none and the gateway gave none.
        """
        stored = await self._look_up()
        if stored is not None and now_ns() < self._freshness.dead_at_ns(stored):
            self._hits += 1
            if now_ns() >= self._freshness.stale_at_ns(stored):
                self._renew_in_background()
            return stored
        self._misses += 1
        return await self._renew(stored)

    async def replace(self, rejected: Token) -> Token:
        """Return another token than one that the gateway answered with 401.

        Raises:
            PaymentError: the gateway gave none.
            Refused: the rejected token was itself a replacement.
        """
        stored = await self._look_up()
        if stored is not None and stored.id_token != rejected.id_token:
            return stored
        self._renewal.check_rejected(rejected)
        token = await self._renew(rejected)
        self._renewal.note_replacement(token)
        return token

    async def warm(self, *, renew_at: float | None = None) -> WarmReport:
        """Renew the stored token if it is due, at most once per staleness window."""
        flight = self._flights.current
        if flight is None:
            if not self._backoff.is_due:
                return cooling_down(self._backoff.due_s)
            flight = self._flights.start(lambda: self._renew_if_due(renew_at))
        try:
            token = await flight.join()
        except PaymentError as error:
            return failed(error, due_s=self._backoff.due_s)
        due_s = self._freshness.until_s(self._due_ns(token, renew_at))
        kept = token.origin is TokenOrigin.DATABASE
        return WarmReport(Warmth.FRESH if kept else Warmth.RENEWED, due_s=due_s)

    def age_s(self, token: Token) -> float:
        """Return how old a token is, in modelled seconds."""
        return self._freshness.age_s(token)

    def counts(self) -> TokenCounts:
        """Return what was counted so far."""
        return TokenCounts(
            hits=self._hits,
            misses=self._misses,
            grants=self._renewal.grants,
            refreshes=self._renewal.refreshes,
        )

    async def aclose(self) -> None:
        """End the renewal under way."""
        await self._flights.aclose()

    def _due_ns(self, token: Token, renew_at: float | None) -> int:
        if renew_at is None:
            return self._freshness.stale_at_ns(token)
        return self._freshness.due_at_ns(token, share=renew_at)

    def _renew_in_background(self) -> None:
        if self._flights.current is None and self._backoff.is_due:
            self._flights.start(lambda: self._renew_if_due(None))

    async def _renew_if_due(self, renew_at: float | None) -> Token:
        # Looked up inside the flight: what a caller saw before may have been renewed meanwhile.
        stored = await self._look_up()
        if stored is not None and now_ns() < self._due_ns(stored, renew_at):
            return stored
        return await self._renew(stored)

    async def _renew(self, old: Token | None) -> Token:
        try:
            token = await self._renewal.renew(old)
        except PaymentError:
            self._backoff.failed(lifetime_s=LIFETIME_UNKNOWN_S if old is None else old.lifetime_s)
            raise
        self._backoff.succeeded()
        await self._store.save(token)
        return token

    async def _look_up(self) -> Token | None:
        with stage(Stage.TOKEN_LOOKUP) as span:
            stored = await self._store.load(span)
        return None if stored is None else replace(stored, origin=TokenOrigin.DATABASE)
