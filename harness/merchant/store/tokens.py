"""The `bkash` table as the client's token store: one token for all processes of a merchant."""

from harness.client import Token, epoch_ns
from harness.clock import NS_PER_MS
from harness.merchant.store.database import Database
from harness.merchant.store.distance import Distance
from harness.stages import Span, Stage

__all__ = ["TokenTable"]

_MS_PER_S = 1_000

_LOAD = """
SELECT id_token, refresh_token, issued_at_ms, lifetime_ms FROM bkash
WHERE app_key = ? ORDER BY updated_at DESC LIMIT 1
"""
_SAVE = """
INSERT INTO bkash (app_key, id_token, refresh_token, issued_at_ms, lifetime_ms, updated_at)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (app_key) DO UPDATE SET id_token = excluded.id_token,
    refresh_token = excluded.refresh_token, issued_at_ms = excluded.issued_at_ms,
    lifetime_ms = excluded.lifetime_ms, updated_at = excluded.updated_at
"""


class TokenTable:
    """Keep the token of one app key; a `harness.client.TokenStore`."""

    def __init__(self, database: Database, distance: Distance, *, app_key: str) -> None:
        self._database = database
        self._distance = distance
        self._app_key = app_key

    async def load(self, span: Span) -> Token | None:
        """Return the token that was saved last, None if there is none.

        Raises:
            StoreUnavailable: the database did not answer.
        """
        await self._distance.travel(Stage.TOKEN_LOOKUP, span=span)
        row = self._database.run(_LOAD, (self._app_key,)).fetchone()
        if row is None:
            return None
        id_token, refresh_token, issued_at_ms, lifetime_ms = row
        return Token(
            id_token=id_token,
            refresh_token=refresh_token,
            issued_at_ns=issued_at_ms * NS_PER_MS,
            lifetime_s=lifetime_ms / _MS_PER_S,
        )

    async def save(self, token: Token) -> None:
        """Keep a token in place of the one before.

        No distance is modelled here: the shopper waits for the token, not for its copy.

        Raises:
            StoreUnavailable: the database did not take it.
        """
        row = (
            self._app_key,
            token.id_token,
            token.refresh_token,
            token.issued_at_ns // NS_PER_MS,
            round(token.lifetime_s * _MS_PER_S),
            epoch_ns() // NS_PER_MS,
        )
        with self._database.transaction():
            self._database.run(_SAVE, row)
