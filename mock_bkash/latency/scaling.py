"""Profiles made of profiles: one assumption is moved, all others stay.

For questions of the form "and if create were half as slow?". Draws are keyed, so a moved profile
gives every call the same luck as before: the same quantile of another distribution.
"""

from collections.abc import Collection
from dataclasses import replace

from mock_bkash.call_name import GATEWAY_OPERATIONS
from mock_bkash.latency.distribution import Distribution, Tail
from mock_bkash.latency.profile import Profile
from mock_bkash.latency.shape import Constant, Empirical, Lognormal, Shape, Uniform

__all__ = [
    "scale_profile",
    "set_gateway_round_trip",
    "set_gateway_tail",
    "set_spread",
]

_TAIL_FACTOR = 5.0
"""How much slower a tail is that the profile did not have; profile "guide" has the same."""


def scale_profile(
    profile: Profile, factor: float, *, operations: Collection[str] | None = None
) -> Profile:
    """Return the profile with operations `factor` times as slow, tails included.

    Args:
        profile: to start from.
        factor: above 0.
        operations: names; None: all that the profile has. Others stay, and so does the network.

    Raises:
        ValueError: the factor is no finite number above 0, or the profile lacks an operation.
    """
    chosen = set(profile.operations) if operations is None else set(operations)
    missing = sorted(chosen - set(profile.operations))
    if missing:
        raise ValueError(f"profile {profile.name!r} has no operation {missing[0]!r}")
    return _with_operations(
        profile,
        {
            name: replace(distribution, shape=_scaled(distribution.shape, factor))
            for name, distribution in profile.operations.items()
            if name in chosen
        },
    )


def set_gateway_tail(profile: Profile, probability: float) -> Profile:
    """Return the profile with another share of slow gateway calls; how slow they are stays.

    Raises:
        ValueError: the probability is outside [0, 1].
    """
    changed = {}
    for name, distribution in profile.operations.items():
        if name in GATEWAY_OPERATIONS:
            factor = _TAIL_FACTOR if distribution.tail is None else distribution.tail.factor
            changed[name] = replace(distribution, tail=Tail(probability, factor))
    return _with_operations(profile, changed)


def set_spread(profile: Profile, ratio: float) -> Profile:
    """Return the profile with p95 / median of every lognormal operation set to `ratio`, 1 or more.

    Medians and tails stay; operations of other shapes stay altogether.

    Raises:
        ValueError: the ratio is below 1.
    """
    return _with_operations(
        profile,
        {
            name: replace(d, shape=Lognormal(d.shape.median_s, d.shape.median_s * ratio))
            for name, d in profile.operations.items()
            if isinstance(d.shape, Lognormal)
        },
    )


def set_gateway_round_trip(profile: Profile, round_trip_s: float) -> Profile:
    """Return the profile with another distance between merchant and bKash, seconds.

    Raises:
        ValueError: it is negative or not finite.
    """
    network = replace(profile.network, gateway_round_trip_s=round_trip_s)
    return replace(profile, network=network)


def _with_operations(profile: Profile, changed: dict[str, Distribution]) -> Profile:
    # The mapping keeps its order, so that equal profiles are written alike.
    return replace(profile, operations={**profile.operations, **changed})


def _scaled(shape: Shape, factor: float) -> Shape:
    if not 0 < factor < float("inf"):
        raise ValueError(f"factor: must be a finite number above 0, got {factor:g}")
    match shape:
        case Constant(value_s):
            return Constant(value_s * factor)
        case Lognormal(median_s, p95_s):
            return Lognormal(median_s * factor, p95_s * factor)
        case Uniform(low_s, high_s):
            return Uniform(low_s * factor, high_s * factor)
        case Empirical(samples_s, file):
            return Empirical(tuple(value_s * factor for value_s in samples_s), file)
        case _:
            raise ValueError(f"a shape that cannot be scaled: {type(shape).__name__}")
