"""A token as the client holds it; never shown by `repr`."""

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Token", "TokenOrigin"]


class TokenOrigin(StrEnum):
    """Say where a caller got its token this time."""

    MEMORY = "memory"
    DATABASE = "database"
    GATEWAY = "gateway"


@dataclass(frozen=True, slots=True)
class Token:
    """Hold bKash's permission to act for the merchant.

    Attributes:
        id_token: goes into the `Authorization` header.
        refresh_token: buys the next token without a grant; empty where bKash gave none.
        issued_at_ns: when it was issued, wall nanoseconds since 1970 (`epoch.epoch_ns`).
        lifetime_s: modelled seconds from issue to expiry, as bKash said them.
        generation: counts the tokens of one source; 0 outside a source. It tells whose token was
            refused: only a 401 against the current generation is news.
        origin: where the caller got it this time.
    """

    id_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    issued_at_ns: int
    lifetime_s: float
    generation: int = 0
    origin: TokenOrigin = TokenOrigin.GATEWAY
