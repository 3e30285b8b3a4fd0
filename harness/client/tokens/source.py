"""What the client asks of a token source, however it keeps its tokens."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from harness.client.tokens.token import Token

__all__ = [
    "BACKGROUND_RENEW_AT",
    "EARLY_RENEW_AT",
    "TokenCounts",
    "TokenSource",
    "WarmReport",
    "Warmth",
]

EARLY_RENEW_AT = 55 / 60
"""Share of a token's life after which it is stale: the guide's 55th of 60 minutes."""

BACKGROUND_RENEW_AT = 45 / 60
"""Share of a token's life at which a background job renews it: the guide's 45th of 60 minutes."""


class Warmth(StrEnum):
    """Say what `warm` found or did."""

    NOTHING_TO_WARM = "nothing_to_warm"
    FRESH = "fresh"
    LOADED = "loaded"
    RENEWED = "renewed"
    COOLING_DOWN = "cooling_down"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WarmReport:
    """Tell what a call of `warm` did.

    Attributes:
        warmth: found fresh, loaded from the database, renewed, left alone, or failed.
        due_s: modelled seconds until the next `warm` has something to do; None if never.
        detail: why it failed, in words without secrets.
    """

    warmth: Warmth
    due_s: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TokenCounts:
    """Count what a source did since it was made.

    Attributes:
        hits: tokens handed out without a call to the gateway.
        misses: tokens whose caller had to wait for the gateway.
        grants: grant calls that were sent, answered or not; bKash allows two an hour.
        refreshes: refresh calls that were sent, answered or not.
    """

    hits: int
    misses: int
    grants: int
    refreshes: int


class TokenSource(Protocol):
    """Hand out tokens that bKash will accept."""

    async def token(self) -> Token:
        """Return a token to use now.

        Raises:
            PaymentError: there is none and the gateway gave none.
        """

    async def replace(self, rejected: Token) -> Token:
        """Return another token than the one that the gateway answered with 401.

        Raises:
            PaymentError: the gateway gave none, or was asked for one a moment ago.
        """

    async def warm(self, *, renew_at: float | None = None) -> WarmReport:
        """Renew the token if it is due; for prefetching, cron and background refreshing.

        Never makes more than one token call per staleness window, however often it is called, and
        does not raise what the gateway did wrong.

        Args:
            renew_at: share of the token's life in (0, 1] from which it is due; None: where the
                source itself calls it stale.
        """

    def age_s(self, token: Token) -> float:
        """Return how old a token is, in modelled seconds."""

    def counts(self) -> TokenCounts:
        """Return what was counted so far."""

    async def aclose(self) -> None:
        """End work under way; the source is not used afterwards."""
