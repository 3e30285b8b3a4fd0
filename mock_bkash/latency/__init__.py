"""Latency profiles and keyed draws: how slow bKash is assumed to be, call by call.

The room knows numbers and files. It does not know who asks: the gateway delays its answers by it,
and a front door may hand a merchant's store the same model for its database round trips.
"""

from mock_bkash.call_name import DATABASE_OPERATIONS, GATEWAY_OPERATIONS, OPERATIONS
from mock_bkash.latency.distribution import Distribution, Tail
from mock_bkash.latency.model import LatencyModel
from mock_bkash.latency.profile import Network, Profile, ProfileError
from mock_bkash.latency.scaling import (
    scale_profile,
    set_gateway_round_trip,
    set_gateway_tail,
    set_spread,
)
from mock_bkash.latency.shape import Constant, Empirical, Lognormal, Shape, Uniform
from mock_bkash.latency.source import load_profile, profile_names
from mock_bkash.latency.toml_text import profile_toml

__all__ = [
    "DATABASE_OPERATIONS",
    "GATEWAY_OPERATIONS",
    "OPERATIONS",
    "Constant",
    "Distribution",
    "Empirical",
    "LatencyModel",
    "Lognormal",
    "Network",
    "Profile",
    "ProfileError",
    "Shape",
    "Tail",
    "Uniform",
    "load_profile",
    "profile_names",
    "profile_toml",
    "scale_profile",
    "set_gateway_round_trip",
    "set_gateway_tail",
    "set_spread",
]
