"""What a shop under test presents to bKash: made up, for any app key is taken at its first call."""

import secrets
from dataclasses import dataclass

__all__ = ["Credentials"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """Hold a merchant's credentials; they open nothing but the mock.

    Attributes:
        app_key: keeps state, faults, counts and clock apart from those of other tests.
        app_secret, username, password: fixed from the first grant on.
    """

    app_key: str
    app_secret: str = "mock-secret"
    username: str = "mock-user"
    password: str = "mock-password"

    @classmethod
    def unique(cls) -> "Credentials":
        """Return credentials that nobody else has, in whatever process."""
        return cls(app_key=f"test-{secrets.token_hex(8)}")
