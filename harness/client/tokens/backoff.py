"""When to try a background renewal again after it failed."""

from harness.client.tokens.freshness import Freshness, keyed_share
from harness.clock import now_ns

__all__ = ["Backoff"]

_FIRST = 1 / 600
"""First wait as share of a token's life: 6 s of an hour, so that several tries fit in what is left
of a stale token."""

_LONGEST = 1 / 60
"""Longest wait as share of a token's life."""


class Backoff:
    """Space out attempts: twice as far apart after each failure, with keyed jitter."""

    def __init__(self, freshness: Freshness) -> None:
        self._freshness = freshness
        self._failures = 0
        self._due_ns = 0

    @property
    def is_due(self) -> bool:
        """Tell whether an attempt may be made now."""
        return now_ns() >= self._due_ns

    @property
    def due_s(self) -> float:
        """Return modelled seconds until an attempt may be made."""
        return self._freshness.until_s(self._due_ns)

    def failed(self, *, lifetime_s: float) -> None:
        """Take in a failure with tokens of that lifetime, modelled seconds."""
        wait_s = lifetime_s * min(_LONGEST, _FIRST * 2 ** min(self._failures, 10))
        self._failures += 1
        share = keyed_share(f"{self._freshness.jitter_key}/backoff/{self._failures}")
        self._due_ns = now_ns() + self._freshness.wall_ns(wait_s * (0.5 + share / 2))

    def succeeded(self) -> None:
        """Forget the failures."""
        self._failures = 0
        self._due_ns = 0
