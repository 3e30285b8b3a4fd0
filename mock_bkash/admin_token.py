"""The token that opens the admin API, and lets single calls ask for faults."""

from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from typing import Final

__all__ = ["ADMIN_TOKEN_HEADER", "AdminToken"]

ADMIN_TOKEN_HEADER: Final = "x-admin-token"

_HEADER: Final = ADMIN_TOKEN_HEADER.encode()


class AdminToken:
    """Tell who has the token; it is kept as a digest."""

    __slots__ = ("_digest",)

    def __init__(self, token: str | None) -> None:
        """Take the token; None: nobody needs one."""
        self._digest = None if token is None else _digest(token.encode())

    def opens(self, headers: Mapping[bytes, bytes]) -> bool:
        """Tell whether a request with these headers is let in."""
        if self._digest is None:
            return True
        # Digests, so that the comparison takes equally long whatever the length of the guess.
        return compare_digest(self._digest, _digest(headers.get(_HEADER, b"")))


def _digest(token: bytes) -> bytes:
    return sha256(token).digest()
