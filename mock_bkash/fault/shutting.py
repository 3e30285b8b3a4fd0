"""Connections that are refused, as part of a plan.

What is refused never becomes a call: it has no operation, no payment and no app key, so there is
nothing for a rule to select by, and it happens to everybody who knocks.
"""

from typing import Final

from msgspec import Struct, to_builtins

__all__ = ["MAX_SHUT_AFTER_S", "MAX_SHUT_S", "Shutting"]

MAX_SHUT_S: Final = 3600.0
"""Longest time the door stays shut: the admin API is behind it, too."""

MAX_SHUT_AFTER_S: Final = 86_400.0


class Shutting(Struct, frozen=True, kw_only=True):
    """Hold when new connections are refused, modelled seconds.

    Attributes:
        shut_after_s: so long after the plan was put in force.
        shut_s: for so long.
    """

    shut_after_s: float = 0.0
    shut_s: float

    def to_dict(self) -> dict[str, float]:
        """Return it as a plan writes it."""
        written: dict[str, float] = to_builtins(self)
        return written
