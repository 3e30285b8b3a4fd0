"""Keyed chance: a draw is a function of what it is for, never of what was drawn before.

So the nth execute of a payment is as slow in every variant and in any interleaving, and variants
can be compared payment by payment.
"""

from hashlib import blake2b
from struct import Struct
from typing import Final, NamedTuple

__all__ = ["Draw", "draw"]

_BITS = 52
"""Bits per number: k + 1/2 with k below 2**52 is an exact double, so a draw is never 0 or 1."""

_SPARE_BITS: Final = 64 - _BITS
_RANGE: Final = 1 << _BITS
_HALVES: Final = Struct(">2Q").unpack


class Draw(NamedTuple):
    """Two independent numbers, each in (0, 1)."""

    body: float
    tail: float


def draw(*, seed: int, key: str, operation: str, attempt: int) -> Draw:
    """Return the draws for one call.

    `key` names the payment (a trace id, an invoice, a payment id), `attempt` counts that payment's
    calls of `operation` from 1.
    """
    # The key comes last and the other fields cannot hold a slash, so no two calls share a text.
    text = f"{seed}/{operation}/{attempt}/{key}"
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    body, tail = _HALVES(digest)
    return Draw(((body >> _SPARE_BITS) + 0.5) / _RANGE, ((tail >> _SPARE_BITS) + 0.5) / _RANGE)
