"""The optimizations a checkout can have: eleven flags, each of one idea.

A flag never switches another on. `prefetch` without a store or a cache has nothing to warm and
changes nothing, and an ablation must be able to show that.
"""

from enum import StrEnum

__all__ = ["DESCRIPTIONS", "ORIGINS", "Optimization"]


class Optimization(StrEnum):
    """Name one idea that makes a checkout faster; members stand in the order of the guide."""

    TOKEN_STORE = "token_store"
    TOKEN_CACHE = "token_cache"
    EARLY_REFRESH = "early_refresh"
    PARALLEL_VALIDATION = "parallel_validation"
    PREFETCH = "prefetch"
    TIMEOUTS = "timeouts"
    BACKGROUND_REFRESH = "background_refresh"
    POOLED_CONNECTIONS = "pooled_connections"
    BATCHED_QUERIES = "batched_queries"
    LATE_ATTACH = "late_attach"
    OVERLAPPED_CREATE = "overlapped_create"

    @property
    def description(self) -> str:
        """Return one line for a person who chooses flags."""
        return DESCRIPTIONS[self]

    @property
    def origin(self) -> str:
        """Return where the idea comes from (the guide's section, or "ours")."""
        return ORIGINS[self]


DESCRIPTIONS: dict[Optimization, str] = {
    Optimization.TOKEN_STORE: "use the token in the bkash table until it expires",
    Optimization.TOKEN_CACHE: "keep the token in memory; one grant for all who miss",
    Optimization.EARLY_REFRESH: "renew the token at 55 of its 60 minutes",
    Optimization.PARALLEL_VALIDATION: "check user, course and enrolment at the same time",
    Optimization.PREFETCH: "the page warms the token when the shopper lands",
    Optimization.TIMEOUTS: "wait 10 s for payments, 15 s for tokens; one deadline",
    Optimization.BACKGROUND_REFRESH: "a refresher and a cron endpoint keep the token fresh",
    Optimization.POOLED_CONNECTIONS: "keep connections to the gateway open between calls",
    Optimization.BATCHED_QUERIES: "ask the three validations in one database round trip",
    Optimization.LATE_ATTACH: "answer first, store bKash's paymentID afterwards",
    Optimization.OVERLAPPED_CREATE: "create during validation, at the price seen on landing",
}

ORIGINS: dict[Optimization, str] = {
    Optimization.TOKEN_STORE: "common practice",
    Optimization.TOKEN_CACHE: "guide 1",
    Optimization.EARLY_REFRESH: "guide 2",
    Optimization.PARALLEL_VALIDATION: "guide 3",
    Optimization.PREFETCH: "guide 4",
    Optimization.TIMEOUTS: "guide 5",
    Optimization.BACKGROUND_REFRESH: "guide 6",
    Optimization.POOLED_CONNECTIONS: "guide, next steps",
    Optimization.BATCHED_QUERIES: "guide, next steps",
    Optimization.LATE_ATTACH: "ours",
    Optimization.OVERLAPPED_CREATE: "ours",
}
