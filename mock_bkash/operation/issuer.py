"""Issuing tokens: to whom bKash's limit allows it, of one lifetime."""

import math

from mock_bkash.choice import TokenLimit
from mock_bkash.operation.outcome import TokenPair
from mock_bkash.tenant import Tenant
from mock_bkash.token import REFRESH_TOKEN_LIFETIME_S, TokenMint

__all__ = ["TokenIssuer"]


class TokenIssuer:
    """Issue tokens, or do not."""

    def __init__(
        self,
        *,
        mint: TokenMint,
        lifetime_s: float,
        limit: TokenLimit,
        refresh_lifetime_s: float = REFRESH_TOKEN_LIFETIME_S,
        refreshes_count: bool = True,
    ) -> None:
        """Take the life of an id_token and of a refresh_token in modelled seconds.

        `refreshes_count`: whether the limit is on grants and refreshes together.
        """
        self._mint = mint
        self._lifetime_s = lifetime_s
        self._limit = limit
        self._refresh_lifetime_s = refresh_lifetime_s
        self._refreshes_count = refreshes_count

    def issue(self, tenant: Tenant, *, refresh_token: str | None = None) -> TokenPair | None:
        """Return a fresh id_token with the refresh_token that was used, or a fresh one.

        None: the merchant asked too often and is blocked.
        """
        counts = refresh_token is None or self._refreshes_count
        if counts and self._limit is not TokenLimit.OFF:
            allowed = tenant.token_budget.spend(tenant.clock.elapsed_s())
            if self._limit is TokenLimit.ENFORCE and not allowed:
                return None
        lifetime_s = self._lifetime_s
        id_token = self._mint.id_token(
            app_key=tenant.app_key,
            username=tenant.credentials.username,
            issued_s=tenant.clock.epoch_ms() // 1000,
            lifetime_s=math.ceil(lifetime_s),
        )
        tenant.id_tokens.add(id_token, lifetime_s=lifetime_s)
        if refresh_token is None:
            refresh_token = self._mint.refresh_token()
            tenant.refresh_tokens.add(refresh_token, lifetime_s=self._refresh_lifetime_s)
        return TokenPair(lifetime_s, id_token, refresh_token)
