"""The line between two places: how long a packet travels, how often it is lost or the line breaks.

Chance is keyed by what the exchange is for, never by what happened before, so that every variant
meets the same weather for the same payment.
"""

import math
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

__all__ = ["CONNECT_ROUND_TRIPS", "Fate", "Link", "Weather"]

CONNECT_ROUND_TRIPS: Final = 2
"""What a new connection costs: TCP (RFC 9293) and TLS 1.3 (RFC 8446), one round trip each."""

FIRST_TIMEOUT_US: Final = 1_000_000
"""How long a sender waits before it sends a lost packet again: RFC 6298, section 2, rule 2.1."""

MAX_LOSSES: Final = 6
"""Losses in a row after which the connection counts as broken; Linux gives up a connect then."""

_US_PER_S: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Link:
    """Describe a line.

    Attributes:
        round_trip_s: there and back, modelled seconds.
        loss: probability in [0, 1) that a flight of packets is lost and sent again.
        reset: probability in [0, 1] that the connection breaks during an exchange: as often before
            the request arrives as after it was answered.

    Raises:
        ValueError: a value outside its range; the message begins with the attribute's name.
    """

    round_trip_s: float = 0.0
    loss: float = 0.0
    reset: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no line."""
        if not 0 <= self.round_trip_s < math.inf:
            raise ValueError(
                f"round_trip_s: must be a finite number, 0 or more, got {self.round_trip_s:g}"
            )
        if not 0 <= self.loss < 1:
            raise ValueError(f"loss: must be a probability below 1, got {self.loss:g}")
        if not 0 <= self.reset <= 1:
            raise ValueError(f"reset: must be a probability, got {self.reset:g}")

    @property
    def round_trip_us(self) -> int:
        """Return the round trip in whole microseconds."""
        return round(self.round_trip_s * _US_PER_S)

    @property
    def is_calm(self) -> bool:
        """Return whether nothing ever goes wrong on it."""
        return self.loss == 0 and self.reset == 0


@dataclass(frozen=True, slots=True)
class Fate:
    """Tell what the weather does to one exchange.

    Attributes:
        connect_us, request_us, answer_us: what losses add to each flight, microseconds.
        lost_before: the line breaks before the request arrives.
        lost_after: the line breaks when it was carried out and its answer is on the way.
    """

    connect_us: int = 0
    request_us: int = 0
    answer_us: int = 0
    lost_before: bool = False
    lost_after: bool = False


CALM: Final = Fate()


class Weather:
    """Draw the fate of exchanges on one line."""

    __slots__ = ("_link", "_name", "_seed")

    def __init__(self, link: Link, *, name: str, seed: int) -> None:
        """Draw by seed and by the line's name, so that two lines are independent."""
        self._link = link
        self._name = name
        self._seed = seed

    def fate(self, key: str) -> Fate:
        """Return what happens to the exchange of that key; equal keys have equal fates."""
        link = self._link
        if link.is_calm:
            return CALM
        breaks = self._chance(key, "reset")
        return Fate(
            connect_us=self._losses_us(key, "connect"),
            request_us=self._losses_us(key, "request"),
            answer_us=self._losses_us(key, "answer"),
            lost_before=breaks < link.reset / 2,
            lost_after=link.reset / 2 <= breaks < link.reset,
        )

    def _losses_us(self, key: str, flight: str) -> int:
        chance, odds, wait_us = self._chance(key, flight), self._link.loss, 0
        for losses in range(MAX_LOSSES):
            # One draw decides how often in a row: n losses have the probability loss ** n.
            if chance >= odds:
                break
            wait_us += FIRST_TIMEOUT_US << losses
            odds *= self._link.loss
        return wait_us

    def _chance(self, key: str, what: str) -> float:
        text = f"weather/{self._seed}/{self._name}/{what}/{key}"
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") / 2**64
