"""The signed state in a callback URL: it binds a payment to its shopper and its order.

bKash hands our callback URL to the shopper's browser, so whatever comes back on it may be forged.
The state carries its own proof (HMAC-SHA256) and is refused before the database hears of it.
"""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

__all__ = ["MAX_STATE_CHARS", "CallbackState", "StateSigner"]

MAX_STATE_CHARS = 128
"""Longest state looked at; ours have about 60."""

_SIGNATURE_BYTES = 16
"""RFC 2104, section 5: a truncated HMAC keeps half of its length or more."""


@dataclass(frozen=True, slots=True)
class CallbackState:
    """Name a payment and the shopper and course it is for.

    Attributes:
        ref: our name for the payment.
        user_id: the shopper.
        course_id: what is bought.
    """

    ref: str
    user_id: int
    course_id: int


class StateSigner:
    """Sign and verify callback states with one key."""

    def __init__(self, secret: str) -> None:
        """Derive the key from a secret that survives a restart."""
        key = hmac.digest(secret.encode(), b"bkash-bench callback state v1", sha256)
        # Copied for each proof: half of a proof's time is taking in the key.
        self._keyed = hmac.new(key, digestmod=sha256)

    def sign(self, state: CallbackState) -> str:
        """Return the state as URL-safe text, with its proof."""
        content = f"{state.ref}.{state.user_id}.{state.course_id}"
        return f"{content}.{self._signature(content)}"

    def verify(self, text: str) -> CallbackState | None:
        """Return the state, None where the proof is missing or wrong."""
        if len(text) > MAX_STATE_CHARS or not text.isascii():
            return None
        content, _, signature = text.rpartition(".")
        if not hmac.compare_digest(signature, self._signature(content)):
            return None
        # What carries our signature was written by `sign`: it has three parts.
        ref, user_id, course_id = content.split(".")
        return CallbackState(ref=ref, user_id=int(user_id), course_id=int(course_id))

    def derive(self, text: str) -> str:
        """Return 20 hexadecimal digits that nobody without the key can foresee."""
        return self._prove(f"derive/{text}").hex()[:20]

    def _signature(self, content: str) -> str:
        proof = self._prove(content)[:_SIGNATURE_BYTES]
        return urlsafe_b64encode(proof).rstrip(b"=").decode()

    def _prove(self, text: str) -> bytes:
        proof = self._keyed.copy()
        proof.update(text.encode())
        return proof.digest()
