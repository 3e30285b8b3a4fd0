"""The stand-in bKash gateway: Tokenized Checkout on the wire, a latency model behind it.

It stands alone: it imports nothing of the harness, so that any project's tests can use it. Time
belongs to the event loop it runs on, real or virtual. Its names are loaded when they are first
used, because pytest imports this package in every project where it is installed.
"""

import importlib
import typing

if typing.TYPE_CHECKING:
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

_HOMES: typing.Final[dict[str, str]] = {
    "create_app": "app",
    "ApproveMode": "config",
    "MockConfig": "config",
}
"""Module of a name; those that are not listed are at home in `latency`."""


def __getattr__(name: str) -> object:
    """Load a name of this package on its first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = importlib.import_module(f"{__name__}.{_HOMES.get(name, 'latency')}")
    return globals().setdefault(name, getattr(home, name))


def __dir__() -> list[str]:
    """Return the names, loaded or not."""
    return sorted({*globals(), *__all__})
