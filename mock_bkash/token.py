"""Tokens: they look, weigh and expire like those of the Cognito pool in front of bKash.

An id_token weighs 0.9 kB and travels with every call, so its size matters under load. The mock
keeps a digest of each, never the token, and so has none to leak.
"""

from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from msgspec import json

from mock_bkash.identifier import Identifiers

__all__ = ["LONG_REFRESH_TOKEN_LIFETIME_S", "REFRESH_TOKEN_LIFETIME_S", "TokenMint", "TokenShelf"]

REFRESH_TOKEN_LIFETIME_S: Final = 28 * 24 * 3600.0
"""28 days from its first issue; a refresh does not lengthen it (bKash's merchant PDF)."""

LONG_REFRESH_TOKEN_LIFETIME_S: Final = 30 * 24 * 3600.0
"""As one client's documentation has it."""

MAX_TOKENS: Final = 4096
"""Most live tokens of a kind per app key; the oldest is forgotten first. bKash allows two grants
an hour, so only a client that grants for every call, for a long time, ever gets here."""

MAX_ENDED: Final = 64
"""Revoked tokens remembered until they are asked for; they are revoked one by one, by a fault."""

_ISSUER: Final = "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_mockBkash"


def _segment(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


_ID_HEADER: Final = _segment(
    json.encode({"kid": "mock-bkash-signs-nothing-this-key-does-not-exist=", "alg": "RS256"})
)
_REFRESH_HEADER: Final = _segment(json.encode({"cty": "JWT", "enc": "A256GCM", "alg": "RSA-OAEP"}))


class TokenMint:
    """Make tokens out of unguessable bytes; their signatures verify against no key."""

    __slots__ = ("_filler", "_identifiers")

    def __init__(self, identifiers: Identifiers) -> None:
        self._identifiers = identifiers
        # The 1.3 kB in the middle of a refresh_token are weight only, so they are made once.
        self._filler = _segment(identifiers.random_bytes(1016))

    def id_token(self, *, app_key: str, username: str, issued_s: int, lifetime_s: int) -> str:
        """Return a JWT of about 0.9 kB with the claims that bKash's carry.

        `issued_s` is seconds since 1970, UTC, of the modelled clock.
        """
        identifiers = self._identifiers
        claims = {
            "sub": _uuid(identifiers.random_bytes(16)),
            "aud": app_key,
            "event_id": _uuid(identifiers.random_bytes(16)),
            "token_use": "id",
            "auth_time": issued_s,
            "iss": _ISSUER,
            "cognito:username": username,
            "exp": issued_s + lifetime_s,
            "iat": issued_s,
        }
        signature = _segment(identifiers.random_bytes(256))
        return f"{_ID_HEADER}.{_segment(json.encode(claims))}.{signature}"

    def refresh_token(self) -> str:
        """Return a JWE of about 1.8 kB: header, key, vector, text and tag."""
        fresh = self._identifiers.random_bytes(256 + 12 + 16)
        key, vector, tag = _segment(fresh[:256]), _segment(fresh[256:268]), _segment(fresh[268:])
        return f"{_REFRESH_HEADER}.{key}.{vector}.{self._filler}.{tag}"


def _uuid(raw: bytes) -> str:
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@dataclass(slots=True)
class TokenShelf:
    """Know which tokens of one kind are alive, by the clock of their app key.

    Attributes:
        elapsed_s: modelled seconds since some fixed moment.
        ended: digests of the tokens that were revoked last, for whoever keeps them elsewhere.
    """

    elapsed_s: Callable[[], float]
    ended: deque[bytes]
    _expiry_s: dict[bytes, float]

    def __init__(self, elapsed_s: Callable[[], float]) -> None:
        self.elapsed_s = elapsed_s
        self.ended = deque(maxlen=MAX_ENDED)
        self._expiry_s = {}

    def add(self, token: str, *, lifetime_s: float) -> None:
        """Let a token live for `lifetime_s` modelled seconds from now."""
        expiry_s = self._expiry_s
        if len(expiry_s) >= MAX_TOKENS:
            del expiry_s[next(iter(expiry_s))]
        expiry_s[_digest(token.encode())] = self.elapsed_s() + lifetime_s

    def revoke(self, token: bytes) -> None:
        """End a token before its time; one that is not alive stays so."""
        digest = _digest(token)
        if self._expiry_s.pop(digest, None) is not None:
            self.ended.append(digest)

    @property
    def newest(self) -> tuple[bytes, float] | None:
        """Return digest and end, on that clock, of the token that was added last, if it lives."""
        return next(reversed(self._expiry_s.items()), None)

    def put_back(self, digest: bytes, *, expiry_s: float) -> None:
        """Let a token live on that was kept elsewhere, until the clock shows `expiry_s`."""
        if expiry_s > self.elapsed_s():
            self._expiry_s[digest] = expiry_s

    def holds(self, token: bytes) -> bool:
        """Tell whether a token was issued here and has not expired."""
        digest = _digest(token)
        expiry_s = self._expiry_s.get(digest)
        if expiry_s is None:
            return False
        if self.elapsed_s() < expiry_s:
            return True
        del self._expiry_s[digest]
        return False


def _digest(token: bytes) -> bytes:
    return blake2b(token, digest_size=16).digest()
