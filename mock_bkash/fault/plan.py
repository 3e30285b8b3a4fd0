"""A fault plan: a named list of rules that is put in force and lifted as a whole."""

from msgspec import Struct

from mock_bkash.fault.rule import Rule
from mock_bkash.fault.shutting import Shutting

__all__ = ["FaultError", "FaultPlan"]


class FaultError(ValueError):
    """A fault plan that cannot be used; the message names file, line and field, and the mend."""


class FaultPlan(Struct, frozen=True, kw_only=True):
    """Hold rules; to a call happens what the first of them that strikes says.

    Attributes:
        name: what reports call it, and part of what its chances are drawn by.
        rules: in the order in which they are asked.
        door: when the server refuses connections, besides.
        ttl_s: lifted so many modelled seconds after it was put in force; None: never.
    """

    name: str
    rules: tuple[Rule, ...]
    door: tuple[Shutting, ...] = ()
    ttl_s: float | None = None
