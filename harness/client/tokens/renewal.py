"""How a new token is got: refreshed, or where that fails granted, and never in a storm.

bKash blocks a merchant who grants more than twice an hour, so a refusal is remembered for a
cool-down, and a refresh that went wrong is not tried again before a grant has succeeded.
"""

from typing import Protocol

from harness.client.tokens.freshness import Freshness
from harness.client.tokens.token import Token
from harness.clock import now_ns
from harness.errors import GatewayProtocolError, NotSent, PaymentError, Refused
from harness.stages import Stage

__all__ = ["COOL_DOWN_S", "Renewal", "TokenGateway", "cool_down_s"]

COOL_DOWN_S = 30.0
"""How long a refusal stands, modelled; shorter for tokens that live for less than two minutes."""


class TokenGateway(Protocol):
    """Be the part of the gateway that gives tokens."""

    async def grant(self) -> Token:
        """Get a first token."""

    async def refresh(self, token: Token) -> Token:
        """Get another token for one that was granted."""


def cool_down_s(token: Token | None) -> float:
    """Return how long to leave the gateway alone after a refusal, in modelled seconds."""
    return COOL_DOWN_S if token is None else min(COOL_DOWN_S, token.lifetime_s / 4)


class Renewal:
    """Get new tokens from the gateway.

    Attributes:
        grants: grant calls that were sent, or are about to be.
        refreshes: refresh calls, likewise.
    """

    def __init__(self, gateway: TokenGateway, freshness: Freshness, *, by_refresh: bool) -> None:
        """Prepare; with `by_refresh` a refresh is tried before a grant."""
        self.grants = 0
        self.refreshes = 0
        self._by_refresh = by_refresh
        self._gateway = gateway
        self._freshness = freshness
        self._refresh_failed = False
        self._refusal: Refused | None = None
        self._refused_until_ns = 0
        self._replacement_id: str | None = None
        self._replaced_until_ns = 0

    def check(self) -> None:
        """Raise the last refusal while its cool-down lasts.

        Raises:
            Refused: bKash refused a grant a moment ago and would refuse this one.
        """
        if self._refusal is not None and now_ns() < self._refused_until_ns:
            raise self._refusal

    def check_rejected(self, rejected: Token) -> None:
        """Refuse to replace a token that is itself a replacement, hardly older than its cool-down.

        Raises:
            Refused: tokens are not what is wrong; another would be answered with 401 as well.
        """
        if rejected.id_token == self._replacement_id and now_ns() < self._replaced_until_ns:
            raise Refused(
                "bKash rejects new tokens as well: check app key and credentials",
                phase=Stage.TOKEN_GRANT,
                status_code="401",
                status_message="Unauthorized",
                http_status=401,
            )

    def note_replacement(self, token: Token) -> None:
        """Remember that `token` took the place of one that was answered with 401."""
        self._replacement_id = token.id_token
        self._replaced_until_ns = now_ns() + self._freshness.wall_ns(cool_down_s(token))

    async def renew(self, old: Token | None) -> Token:
        """Return a new token, made from `old` where that is possible.

        Raises:
            PaymentError: the gateway gave none.
        """
        self.check()
        if old is not None and self._can_refresh(old):
            token = await self._refresh(old)
            if token is not None:
                return token
        return await self._grant(old)

    def _can_refresh(self, old: Token) -> bool:
        return self._by_refresh and old.refresh_token != "" and not self._refresh_failed

    async def _refresh(self, old: Token) -> Token | None:
        self.refreshes += 1
        try:
            return await self._gateway.refresh(old)
        except (Refused, GatewayProtocolError):
            # Expired after 28 days, revoked, or answered by nonsense: a grant can still help.
            self._refresh_failed = True
            return None
        except NotSent:
            self.refreshes -= 1
            raise
        except PaymentError:
            # The time for one call is spent. Whoever comes next does not wait for this again.
            self._refresh_failed = True
            raise

    async def _grant(self, old: Token | None) -> Token:
        self.grants += 1
        try:
            token = await self._gateway.grant()
        except NotSent:
            self.grants -= 1
            raise
        except Refused as refusal:
            self._refusal = refusal
            wait_ns = self._freshness.wall_ns(cool_down_s(old))
            self._refused_until_ns = now_ns() + wait_ns
            raise
        self._refusal = None
        self._refresh_failed = False
        return token
