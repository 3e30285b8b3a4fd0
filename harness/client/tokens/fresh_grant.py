"""The baseline: a new token for every call, as many shops do it.

It looks the token up in the database, and then grants a new one all the same. bKash would block
such a merchant after the second grant in an hour.
"""

from harness.client.tokens.freshness import Freshness
from harness.client.tokens.renewal import TokenGateway
from harness.client.tokens.source import TokenCounts, WarmReport, Warmth
from harness.client.tokens.store import TokenStore
from harness.client.tokens.token import Token
from harness.errors import NotSent
from harness.stages import Stage, stage

__all__ = ["FreshGrant"]


class FreshGrant:
    """Grant a token for each call; keep nothing that is used again."""

    def __init__(
        self, gateway: TokenGateway, *, store: TokenStore | None = None, freshness: Freshness
    ) -> None:
        self._gateway = gateway
        self._store = store
        self._freshness = freshness
        self._misses = 0
        self._grants = 0

    async def token(self) -> Token:
        """Return a token granted for this call."""
        if self._store is None:
            return await self._grant()
        with stage(Stage.TOKEN_LOOKUP) as span:
            await self._store.load(span)
        token = await self._grant()
        await self._store.save(token)
        return token

    async def replace(self, rejected: Token) -> Token:
        """Return a token granted for the replay."""
        return await self.token()

    async def warm(self, *, renew_at: float | None = None) -> WarmReport:
        """Report that nothing is kept, so that nothing can be warmed."""
        return WarmReport(Warmth.NOTHING_TO_WARM)

    def age_s(self, token: Token) -> float:
        """Return how old a token is, in modelled seconds."""
        return self._freshness.age_s(token)

    def counts(self) -> TokenCounts:
        """Return what was counted so far: every call misses."""
        return TokenCounts(hits=0, misses=self._misses, grants=self._grants, refreshes=0)

    async def aclose(self) -> None:
        """Do nothing: no work outlives a call."""

    async def _grant(self) -> Token:
        self._misses += 1
        self._grants += 1
        try:
            return await self._gateway.grant()
        except NotSent:
            self._grants -= 1
            raise
