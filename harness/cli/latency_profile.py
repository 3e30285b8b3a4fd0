"""The latency profile that an option names."""

from harness.errors import ConfigurationError
from mock_bkash.latency import Profile, ProfileError, load_profile

__all__ = ["find_profile"]


def find_profile(name: str) -> Profile:
    """Return a latency profile by its name or file.

    Raises:
        ConfigurationError: there is none, or it cannot be used.
    """
    try:
        return load_profile(name)
    except ProfileError as error:
        raise ConfigurationError(str(error)) from error
