"""A profile made ready to draw from: which operation, for whom, how long."""

from mock_bkash.draw import draw
from mock_bkash.latency.profile import Profile

__all__ = ["LatencyModel"]

_US_PER_S = 1_000_000


class LatencyModel:
    """Draw the latency of a call; equal arguments give equal answers, in any order.

    Attributes:
        profile: where the distributions come from.
        seed: of all draws.
    """

    __slots__ = ("_round_trip_us", "profile", "seed")

    def __init__(self, profile: Profile, seed: int) -> None:
        self.profile = profile
        self.seed = seed
        self._round_trip_us = round(profile.network.gateway_round_trip_s * _US_PER_S)

    def delay_us(self, operation: str, key: str, attempt: int) -> int:
        """Return the latency of a call in whole microseconds at full scale.

        0 for an operation that the profile does not name. `attempt` counts from 1.
        """
        distribution = self.profile.operations.get(operation)
        if distribution is None:
            return 0
        chance = draw(seed=self.seed, key=key, operation=operation, attempt=attempt)
        return round(distribution.sample_s(body=chance.body, tail=chance.tail) * _US_PER_S)

    @property
    def gateway_round_trip_us(self) -> int:
        """Return a round trip between merchant and bKash in whole microseconds at full scale."""
        return self._round_trip_us
