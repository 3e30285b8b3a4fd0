"""What bKash gave the merchant to prove who it is; never shown by `repr`."""

from dataclasses import dataclass

from harness.client.text import is_header_safe

__all__ = ["Credentials"]

_MAX_CHARS = 1_024
"""bKash's keys and passwords have 20 to 60 characters; this only keeps a mistake from the wire."""


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """Hold the four secrets of a merchant.

    Attributes:
        app_key: names the merchant's application; sent with every call.
        app_secret: sent with token calls only.
        username: sent with token calls only.
        password: sent with token calls only.
    """

    app_key: str
    app_secret: str
    username: str
    password: str

    def __post_init__(self) -> None:
        """Refuse what cannot be sent in a header; the message names the field, never its value."""
        for name in ("app_key", "app_secret", "username", "password"):
            if not is_header_safe(getattr(self, name), max_chars=_MAX_CHARS):
                raise ValueError(
                    f"credentials: {name} must be 1-{_MAX_CHARS} visible ASCII characters"
                )

    def __repr__(self) -> str:
        """Show that there are credentials, and nothing of them."""
        return "Credentials(***)"
