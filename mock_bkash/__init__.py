"""The stand-in bKash gateway: Tokenized Checkout on the wire, a latency model behind it.

It stands alone: it imports nothing of the harness, so that any project's tests can use it. Time
belongs to the event loop it runs on, real or virtual.
"""

from mock_bkash.app import create_app
from mock_bkash.config import ApproveMode, MockConfig
from mock_bkash.latency import LatencyModel, Profile, ProfileError, load_profile, profile_names

__all__ = [
    "ApproveMode",
    "LatencyModel",
    "MockConfig",
    "Profile",
    "ProfileError",
    "create_app",
    "load_profile",
    "profile_names",
]
