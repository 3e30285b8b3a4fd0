"""When a token is stale and when it is dead, on the loop's clock.

All moments are shares of the token's own lifetime, so that a run with tokens of 20 s shows in a
minute what tokens of an hour do in a day.

    0 ────────────── renew_at ── jitter ──│ stale: used while one renewal runs │── floor ──│ dead
"""

from dataclasses import dataclass
from hashlib import blake2b

from harness.client.epoch import epoch_ns
from harness.client.tokens.token import Token
from harness.clock import NS_PER_S, now_ns

__all__ = ["Freshness", "keyed_share"]

_JITTER = 1 / 60
"""Longest time, as share of a life, that a renewal moves forward, so that not all renew at once."""

_FLOOR = 1 / 60
"""Last share of a life in which a token is not sent any more: it might die on its way."""

_MAX_FLOOR_S = 60.0
"""Longest such time, modelled: the 30 s of a call and 30 s of skew between two clocks."""

_MAX_SKEW_S = 60.0
"""How far in the future a stored token's issue may lie, modelled, before it is not believed."""


def keyed_share(key: str) -> float:
    """Return a number in [0, 1) that is a function of the key: chance without a generator."""
    return int.from_bytes(blake2b(key.encode(), digest_size=6).digest()) / 2**48


@dataclass(frozen=True, slots=True)
class Freshness:
    """Place a token's moments on the running loop's clock.

    Attributes:
        renew_at: share of a life after which a token is stale; None: never before it is dead.
        time_scale: wall seconds per modelled second.
        jitter_key: processes with different keys renew at different moments.
    """

    renew_at: float | None = None
    time_scale: float = 1.0
    jitter_key: str = ""

    def age_ns(self, token: Token) -> int:
        """Return wall nanoseconds since the token's issue; negative if it lies in the future."""
        return epoch_ns() - token.issued_at_ns

    def age_s(self, token: Token) -> float:
        """Return modelled seconds since the token's issue."""
        return self.age_ns(token) / NS_PER_S / self.time_scale

    def dead_at_ns(self, token: Token) -> int:
        """Return the loop's time from which the token must not be sent."""
        if self.age_s(token) < -_MAX_SKEW_S:
            # Stamped by a clock that was later set back: its true age is anybody's guess.
            return now_ns()
        floor_s = min(_MAX_FLOOR_S, _FLOOR * token.lifetime_s)
        return self._moment_ns(token, token.lifetime_s - floor_s)

    def stale_at_ns(self, token: Token) -> int:
        """Return the loop's time from which the token should be renewed."""
        if self.renew_at is None:
            return self.dead_at_ns(token)
        jitter = _JITTER * keyed_share(f"{self.jitter_key}/{token.generation}")
        return self.due_at_ns(token, share=self.renew_at - jitter)

    def due_at_ns(self, token: Token, *, share: float) -> int:
        """Return the loop's time at which `share` of the token's life is over, or it is dead."""
        return min(self._moment_ns(token, share * token.lifetime_s), self.dead_at_ns(token))

    def until_s(self, moment_ns: int) -> float:
        """Return modelled seconds from now to a moment of the loop's time, at least 0."""
        return max(0, moment_ns - now_ns()) / NS_PER_S / self.time_scale

    def wall_ns(self, duration_s: float) -> int:
        """Return modelled seconds as wall nanoseconds."""
        return round(duration_s * self.time_scale * NS_PER_S)

    def _moment_ns(self, token: Token, age_s: float) -> int:
        return now_ns() - self.age_ns(token) + self.wall_ns(age_s)
