"""What looking at one invariant brings: how much was looked at, and every breach."""

from collections.abc import Sequence

from msgspec import Struct

__all__ = ["Finding", "Violation"]


class Violation(Struct, frozen=True, kw_only=True):
    """Hold one breach; `payment_id` and `ref` are None where it concerns no single payment."""

    invariant: str
    payment_id: str | None
    ref: str | None
    message: str


class Finding(Struct, frozen=True, kw_only=True):
    """Hold what looking at one invariant brought.

    Attributes:
        checked: how many things were looked at.
        violations: what was found.
        reason: why it could not be looked at; None where it was.
    """

    checked: int = 0
    violations: Sequence[Violation] = ()
    reason: str | None = None
