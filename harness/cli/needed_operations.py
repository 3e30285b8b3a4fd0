"""Which operations a variant's payments are made of, and profiles that lack one.

An operation that a profile does not name takes no time at all. Somebody who left one out would read
exact figures about a shop that nobody has, so that a profile is refused by the operation's name.
"""

from collections.abc import Iterable

from harness.errors import ConfigurationError
from harness.merchant import Variant
from harness.stages import Stage
from mock_bkash.latency import OPERATIONS, Profile

__all__ = ["missing_operations", "needed_operations", "refuse_gaps", "require_operations"]

_EVERY_PAYMENT = (
    Stage.VALIDATE_USER,
    Stage.VALIDATE_COURSE,
    Stage.CHECK_ENROLLED,
    Stage.INSERT_PAYMENT,
    Stage.CREATE_PAYMENT,
    Stage.ATTACH_PAYMENT,
    Stage.LOAD_PAYMENT,
    Stage.EXECUTE_PAYMENT,
    Stage.UPDATE_PAYMENT,
)


def needed_operations(variant: Variant) -> tuple[str, ...]:
    """Return the operations that a variant's payments take time with, in a profile's order.

    Queries are left out: only a payment in trouble asks.
    """
    needed = {stage.value for stage in (*_EVERY_PAYMENT, *variant.token_stages)}
    return tuple(name for name in OPERATIONS if name in needed)


def missing_operations(profile: Profile, variants: Iterable[Variant]) -> dict[str, list[str]]:
    """Return which needed operations a profile lacks: names of the variants by operation."""
    missing: dict[str, list[str]] = {}
    for variant in variants:
        for operation in needed_operations(variant):
            if operation not in profile.operations:
                missing.setdefault(operation, []).append(variant.name)
    return missing


def require_operations(profile: Profile, variants: Iterable[Variant]) -> None:
    """Refuse a profile that cannot answer a question about time: an empty one, or one with gaps.

    Raises:
        ConfigurationError: it has no operation, or lacks one that a variant needs.
    """
    if not profile.operations:
        raise ConfigurationError(
            f"profile {profile.name!r} has no operation: nothing in it takes time, so nothing can"
            " be asked about time"
        )
    refuse_gaps(profile, variants)


def refuse_gaps(profile: Profile, variants: Iterable[Variant]) -> None:
    """Refuse a profile that names operations, but not all that a variant needs.

    One without any, such as `fast`, is no mistake where a run is all that is asked for: it shows
    what is left when nothing waits.

    Raises:
        ConfigurationError: it lacks one; the message names it and who needs it.
    """
    if not profile.operations:
        return
    missing = missing_operations(profile, variants)
    if missing:
        operation, names = next(iter(missing.items()))
        more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        raise ConfigurationError(
            f"profile {profile.name!r} has no operation {operation!r}{more}, which {names[0]}"
            f" needs: it would take no time; add [operations.{operation}], or fill the gaps with"
            " 'profile fit --base guide'"
        )
