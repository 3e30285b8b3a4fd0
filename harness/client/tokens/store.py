"""Where a token outlives the process: the plug point for the merchant's database."""

from typing import Protocol

from harness.client.tokens.token import Token
from harness.stages import Span

__all__ = ["TokenStore"]


class TokenStore(Protocol):
    """Keep one token for all processes of a merchant.

    Only `id_token`, `refresh_token`, `issued_at_ns` and `lifetime_s` have to be kept. What a store
    raises reaches the caller of the token source unchanged.
    """

    async def load(self, span: Span) -> Token | None:
        """Return the token that was saved last, expired or not; None if there is none.

        Args:
            span: the running `token_lookup` stage. A store that models its distance says so with
                `span.add_modelled_ns`; any other ignores it.
        """

    async def save(self, token: Token) -> None:
        """Keep a token in place of the one before."""
