"""Tokens kept in memory, over a store if there is one: the guide's first two optimizations.

A fresh token is handed out without any wait. A stale one is handed out too, while one renewal runs
in the background. Only who meets no usable token waits, and all of them wait for the same flight.
"""

from dataclasses import dataclass, replace

from harness.client.tokens.backoff import Backoff
from harness.client.tokens.flight import SingleFlight
from harness.client.tokens.freshness import Freshness
from harness.client.tokens.renewal import Renewal, TokenGateway
from harness.client.tokens.source import TokenCounts, WarmReport, Warmth
from harness.client.tokens.store import TokenStore
from harness.client.tokens.token import Token, TokenOrigin
from harness.client.tokens.warming import LIFETIME_UNKNOWN_S, cooling_down, failed, fresh
from harness.clock import now_ns
from harness.errors import PaymentError, Refused
from harness.stages import Stage, stage

__all__ = ["MAX_LEADERS", "CachedTokens"]

MAX_LEADERS = 2
"""Flights that one caller may wait for. When the first fails, its waiters get one more leader: they
were not asked whether they wanted to share that one's bad luck."""


@dataclass(frozen=True, slots=True)
class _Held:
    token: Token
    stale_at_ns: int
    dead_at_ns: int


class CachedTokens:
    """Keep the token in memory; one call to the gateway for all who miss at once."""

    def __init__(
        self, gateway: TokenGateway, *, store: TokenStore | None = None, freshness: Freshness
    ) -> None:
        self._store = store
        self._freshness = freshness
        self._renewal = Renewal(gateway, freshness, by_refresh=True)
        self._flights = SingleFlight(time_scale=freshness.time_scale)
        self._backoff = Backoff(freshness)
        self._held: _Held | None = None
        self._last: Token | None = None
        self._rejected_id: str | None = None
        self._hits = 0
        self._misses = 0

    async def token(self) -> Token:
        """Return a token to use now; a stale one at once, with a renewal in the background.

        Raises:
            PaymentError: there is none and the gateway gave none.
        """
        held = self._held
        if held is not None:
            at_ns = now_ns()
            if at_ns < held.dead_at_ns:
                self._hits += 1
                if at_ns >= held.stale_at_ns:
                    self._renew_in_background()
                return held.token
        self._misses += 1
        return await self._wait()

    async def replace(self, rejected: Token) -> Token:
        """Return another token than one that the gateway answered with 401.

        Only the first 401 against the current generation starts a renewal; a straggler with an
        older token gets the one that has taken its place.

        Raises:
            PaymentError: the gateway gave none.
            Refused: the rejected token was itself a replacement.
        """
        held = self._held
        if held is not None:
            if held.token.generation != rejected.generation:
                return await self.token()
            self._renewal.check_rejected(rejected)
            self._held = None
            self._rejected_id = rejected.id_token
        token = await self._wait()
        self._renewal.note_replacement(token)
        return token

    async def warm(self, *, renew_at: float | None = None) -> WarmReport:
        """Renew the token if it is due, at most once per staleness window."""
        report = await self._look(renew_at)
        if renew_at is not None and report.warmth is Warmth.LOADED and report.due_s == 0:
            # A process that was just started takes what the store has, and that may be due itself.
            # On serverless platforms every call of cron meets such a process. Who names no time
            # warms for a shopper, whose own call renews a stale token without a wait.
            return await self._look(renew_at)
        return report

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
        """End the renewal under way; whoever waits for it gets `NotSent`."""
        await self._flights.aclose()

    async def _look(self, renew_at: float | None) -> WarmReport:
        due_ns = self._due_ns(renew_at)
        if due_ns is not None and now_ns() < due_ns:
            return fresh(self._freshness.until_s(due_ns))
        flight = self._flights.current
        if flight is None:
            if not self._backoff.is_due:
                return cooling_down(self._backoff.due_s)
            flight = self._flights.start(self._fetch)
        try:
            token = await flight.join()
        except PaymentError as error:
            return failed(error, due_s=self._backoff.due_s)
        due_ns = self._due_ns(renew_at)
        loaded = token.origin is TokenOrigin.DATABASE
        return WarmReport(
            Warmth.LOADED if loaded else Warmth.RENEWED,
            due_s=0.0 if due_ns is None else self._freshness.until_s(due_ns),
        )

    def _due_ns(self, renew_at: float | None) -> int | None:
        held = self._held
        if held is None:
            return None
        if renew_at is None:
            return held.stale_at_ns
        return self._freshness.due_at_ns(held.token, share=renew_at)

    def _renew_in_background(self) -> None:
        if self._flights.current is None and self._backoff.is_due:
            self._flights.start(self._fetch)

    async def _wait(self) -> Token:
        leaders = 1
        while True:
            flight = self._flights.current
            leads = flight is None
            if flight is None:
                self._renewal.check()
                flight = self._flights.start(self._fetch)
            try:
                return await flight.join()
            except Refused:
                raise
            except PaymentError:
                if leads or leaders == MAX_LEADERS:
                    raise
                leaders += 1

    async def _fetch(self) -> Token:
        """Do the work of a flight: ask the store, and if it has nothing new, the gateway."""
        old = self._last
        try:
            stored = await self._look_up()
            if stored is not None and self._is_news(stored):
                return self._adopt(replace(stored, origin=TokenOrigin.DATABASE))
            token = await self._renewal.renew(old if stored is None else stored)
        except PaymentError:
            self._backoff.failed(lifetime_s=LIFETIME_UNKNOWN_S if old is None else old.lifetime_s)
            raise
        self._backoff.succeeded()
        # In memory first: a token that the store did not take is still a token.
        token = self._adopt(token)
        if self._store is not None:
            await self._store.save(token)
        return token

    async def _look_up(self) -> Token | None:
        if self._store is None:
            return None
        with stage(Stage.TOKEN_LOOKUP) as span:
            return await self._store.load(span)

    def _is_news(self, stored: Token) -> bool:
        known = self._rejected_id if self._held is None else self._held.token.id_token
        return stored.id_token not in (known, self._rejected_id) and (
            now_ns() < self._freshness.dead_at_ns(stored)
        )

    def _adopt(self, token: Token) -> Token:
        generation = 1 if self._last is None else self._last.generation + 1
        token = replace(token, generation=generation)
        self._last = token
        self._held = _Held(
            replace(token, origin=TokenOrigin.MEMORY),
            stale_at_ns=self._freshness.stale_at_ns(token),
            dead_at_ns=self._freshness.dead_at_ns(token),
        )
        return token
