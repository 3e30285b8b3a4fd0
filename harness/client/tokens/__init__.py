"""Where tokens come from and how they are kept; one class per way, chosen once at start."""

from harness.client.tokens.cached import CachedTokens
from harness.client.tokens.fresh_grant import FreshGrant
from harness.client.tokens.freshness import Freshness
from harness.client.tokens.source import (
    BACKGROUND_RENEW_AT,
    EARLY_RENEW_AT,
    TokenCounts,
    TokenSource,
    WarmReport,
    Warmth,
)
from harness.client.tokens.store import TokenStore
from harness.client.tokens.stored import StoredTokens
from harness.client.tokens.token import Token, TokenOrigin

__all__ = [
    "BACKGROUND_RENEW_AT",
    "EARLY_RENEW_AT",
    "CachedTokens",
    "FreshGrant",
    "Freshness",
    "StoredTokens",
    "Token",
    "TokenCounts",
    "TokenOrigin",
    "TokenSource",
    "TokenStore",
    "WarmReport",
    "Warmth",
]
