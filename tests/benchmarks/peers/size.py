"""How much is measured: enough to see whether it works, or enough for figures."""

from dataclasses import dataclass

__all__ = ["FULL", "QUICK", "Size"]


@dataclass(frozen=True)
class Size:
    """Hold how long or how often each thing is measured.

    Attributes:
        warm_s: seconds that each server is driven flat out before anything counts.
        delay_rounds, delay_s: rounds of a delay, and seconds of each.
        rate_rounds, rate_s: the same of static answers.
        executes: payments per round.
        million: requests until the memory is to be flat.
        race_rounds, peer_race_rounds: of the mock, of the others.
        starts, peer_starts: starts measured.
        idle: connections.
    """

    warm_s: float
    delay_rounds: int
    delay_s: float
    rate_rounds: int
    rate_s: float
    executes: int
    million: int
    race_rounds: int
    peer_race_rounds: int
    starts: int
    peer_starts: int
    idle: int


QUICK = Size(
    warm_s=2.0,
    delay_rounds=1,
    delay_s=1.2,
    rate_rounds=2,
    rate_s=0.5,
    executes=2_000,
    million=40_000,
    race_rounds=200,
    peer_race_rounds=100,
    starts=2,
    peer_starts=1,
    idle=1_000,
)

FULL = Size(
    warm_s=10.0,
    delay_rounds=3,
    delay_s=1.2,
    rate_rounds=4,
    rate_s=2.0,
    executes=16_000,
    million=1_000_000,
    race_rounds=10_000,
    peer_race_rounds=1_000,
    starts=7,
    peer_starts=3,
    idle=10_000,
)
