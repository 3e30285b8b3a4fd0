"""The scenario of a run on the virtual clock, from what was asked for and the defaults.

The default contains what mental arithmetic cannot: a day at the real life of a token, the burst of
an admission that opens, and pools that are sometimes full.
"""

from typing import Final

from harness.cli.compare.settings import APPROVE_THINK_S, LAND_THINK_S
from harness.cli.compare.virtual_options import VirtualWish
from harness.errors import ConfigurationError
from harness.load import Burst, Pacing, load_day_profile
from harness.simulation import (
    DAY_S,
    Arrivals,
    Link,
    NetworkModel,
    PoolLimits,
    ServiceTime,
    VirtualScenario,
)
from mock_bkash.latency import Profile

__all__ = ["make_scenario"]

RATE_PER_S: Final = 2 / 60
"""Two shoppers a minute: a course shop on an ordinary day."""

BURST: Final = Burst(shoppers=500, at_s=7_200.0, length_s=120.0)
"""Admission opens: 500 shoppers in two minutes. Early in the day, so that a run of a thousand
payments has seen it."""

TOKEN_LIFETIME_S: Final = 3_600.0
"""bKash's own."""

GATEWAY_CONNECTIONS: Final = 32
"""More than a burst needs where a token is kept, and hardly enough where each payment gets two."""

DATABASE_CONNECTIONS: Final = 10
"""A usual size of a pool: SQLAlchemy's 5 with its overflow of 10 lies around it."""


def make_scenario(wish: VirtualWish, *, profile: Profile, seed: int) -> VirtualScenario:
    """Return the scenario.

    Raises:
        ConfigurationError: something in it cannot be used.
    """
    duration_s = wish.duration_s
    if duration_s is None and wish.payments is None:
        duration_s = DAY_S
    try:
        return VirtualScenario(
            profile=profile,
            seed=seed,
            arrivals=_arrivals(wish),
            payments=wish.payments,
            duration_s=duration_s,
            token_lifetime_s=wish.token_lifetime_s or TOKEN_LIFETIME_S,
            land_think_s=LAND_THINK_S,
            approve_think_s=APPROVE_THINK_S,
            network=_network(wish, profile),
            service=_service(wish),
        )
    except ValueError as error:
        raise ConfigurationError(f"the scenario cannot be used: {error}") from error


def _arrivals(wish: VirtualWish) -> Arrivals:
    bursts = tuple(Burst(b.shoppers, b.at_s, b.length_s) for b in wish.bursts)
    day = None if wish.day_file is None else load_day_profile(wish.day_file)
    if not bursts and wish.rate_per_s is None and day is None:
        bursts = (BURST,)
    rate_per_s = wish.rate_per_s or RATE_PER_S
    return Arrivals(
        rate_per_s=0.0 if day is not None else rate_per_s,
        pacing=Pacing(wish.pacing),
        bursts=bursts,
        day=day,
    )


def _network(wish: VirtualWish, profile: Profile) -> NetworkModel:
    distances = profile.network
    return NetworkModel(
        gateway=Link(round_trip_s=distances.gateway_round_trip_s, loss=wish.loss, reset=wish.reset),
        shopper=Link(round_trip_s=distances.shopper_round_trip_s),
        gateway_pool=PoolLimits(connections=wish.gateway_connections or GATEWAY_CONNECTIONS),
        database_connections=wish.database_connections or DATABASE_CONNECTIONS,
    )


def _service(wish: VirtualWish) -> ServiceTime | None:
    if wish.service_time is None:
        return None
    return ServiceTime(slots=wish.workers, service_s=wish.service_time / 1e3)
