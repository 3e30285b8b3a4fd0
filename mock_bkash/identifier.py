"""Ids and tokens nobody can guess: derived from one secret, in bKash's forms.

Each is cut from SHAKE-256 over the secret and a running number, which is as unpredictable as the
secret and, where the secret is given, the same in every run.
"""

import string
from base64 import urlsafe_b64encode
from hashlib import shake_256
from typing import Final

__all__ = ["Identifiers"]

_ALPHANUMERIC: Final = string.ascii_uppercase + string.digits + string.ascii_lowercase
_UPPER: Final = string.ascii_uppercase + string.digits


def _table(alphabet: str) -> bytes:
    # A byte becomes a letter by its remainder: a bias of under 2 % that costs a guesser nothing.
    return bytes(ord(alphabet[byte % len(alphabet)]) for byte in range(256))


_TO_ALPHANUMERIC: Final = _table(_ALPHANUMERIC)
_TO_UPPER: Final = _table(_UPPER)


class Identifiers:
    """Make ids from a secret of 16 bytes or more.

    `life` numbers the mocks that have used the secret before, so that no id comes twice.
    """

    __slots__ = ("_count", "_fresh", "_secret")

    def __init__(self, secret: bytes, *, life: int = 0) -> None:
        self._secret = secret
        self._fresh = secret + b"%d/" % life if life else secret
        self._count = 0

    def payment_id(self, *, mode: str, epoch_ms: int) -> str:
        """Return an id like TR00117KXrjm81764958464342: mode, seven characters, the time in ms.

        Seven of 62 characters are 41 bits beside the millisecond, as bKash's own have.
        """
        letters = self.random_bytes(7).translate(_TO_ALPHANUMERIC).decode()
        return f"TR{mode}{letters}{epoch_ms}"

    def agreement_payment_id(self, *, epoch_ms: int) -> str:
        """Return an id like AGX08V31578808822962: two letters, six characters, the time in ms."""
        letters = self.random_bytes(6).translate(_TO_UPPER).decode()
        return f"AG{letters}{epoch_ms}"

    def agreement_id(self, *, epoch_ms: int) -> str:
        """Return an id like TokenizedMerchant01GDKWWXS1578809528568: merchant, letters, time."""
        letters = self.random_bytes(7).translate(_TO_UPPER).decode()
        return f"TokenizedMerchant01{letters}{epoch_ms}"

    def signature(self, payment_id: str, status: str) -> str:
        """Return what a callback is signed with: opaque, and the same for the same callback."""
        signed = b"callback" + payment_id.encode() + b" " + status.encode()
        return urlsafe_b64encode(shake_256(self._secret + signed).digest(33)).decode()

    def trx_id(self) -> str:
        """Return a transaction id like 6I3801RD1Q: ten upper-case letters and digits."""
        return self.random_bytes(10).translate(_TO_UPPER).decode()

    def page_hash(self, payment_id: str) -> str:
        """Return the 100 characters that open a payment's customer page; always the same."""
        digest = shake_256(self._secret + b"page" + payment_id.encode()).digest(75)
        return urlsafe_b64encode(digest).decode()

    def random_bytes(self, count: int) -> bytes:
        """Return `count` bytes that were never returned before."""
        self._count += 1
        return shake_256(self._fresh + b"%d" % self._count).digest(count)
