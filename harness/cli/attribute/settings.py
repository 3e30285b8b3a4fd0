"""What an attribution was asked for: checked before anything is simulated."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from harness.cli.attribute.traffic import KINDS, TrafficKind
from harness.cli.run_path import default_run_path
from harness.clock import utc_now
from harness.errors import ConfigurationError
from harness.merchant import Optimization

__all__ = [
    "GUIDE_SIX",
    "MAX_OPTIMIZATIONS",
    "AttributeSettings",
    "make_attribute_settings",
]

GUIDE_SIX: Final = (
    Optimization.TOKEN_CACHE,
    Optimization.EARLY_REFRESH,
    Optimization.PARALLEL_VALIDATION,
    Optimization.PREFETCH,
    Optimization.TIMEOUTS,
    Optimization.BACKGROUND_REFRESH,
)
"""The guide's numbers 1 to 6. Their base is the guide's "before", with nothing on: not even
`token_store`, which the guide does not list and its 7-8 s do not have."""

MAX_OPTIMIZATIONS: Final = 8
"""Most optimizations that are shared out: 256 sets, minutes of work; each more doubles that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeSettings:
    """Hold the options of `attribute`.

    Attributes:
        optimizations: to be shared out, in the order to be shown.
        base: on in every cell.
        traffic: kinds, in the order to be shown.
        profile: name or path, for the kinds that bring none of their own.
        payments: shoppers per cell.
        seed: of every draw.
        jobs: processes; None: one per core.
        out: run folder.
        command: the command line, to run it again.
    """

    optimizations: tuple[Optimization, ...]
    base: tuple[Optimization, ...]
    traffic: tuple[TrafficKind, ...]
    profile: str
    payments: int
    seed: int
    jobs: int | None
    out: Path
    command: tuple[str, ...]


def make_attribute_settings(options: dict[str, Any]) -> AttributeSettings:
    """Return the settings for options by parameter name.

    Raises:
        ConfigurationError: an optimization or a kind of traffic is unknown, one is named twice, or
            there are too many.
    """
    optimizations = _find_optimizations("--optimizations", options["optimizations"], GUIDE_SIX)
    base = _find_optimizations("--base", options["base"], ())
    _refuse_overlap(optimizations, base)
    if len(optimizations) > MAX_OPTIMIZATIONS:
        raise ConfigurationError(
            f"--optimizations names {len(optimizations)}, and each doubles the sets to simulate:"
            f" at most {MAX_OPTIMIZATIONS} ({2**MAX_OPTIMIZATIONS} sets); put some into --base, or"
            " leave some out"
        )
    return AttributeSettings(
        optimizations=optimizations,
        base=base,
        traffic=_find_traffic(options["traffic"]),
        profile=options["profile"],
        payments=options["payments"],
        seed=options["seed"],
        jobs=options["jobs"],
        out=options["out"] or default_run_path(utc_now(), name="attribute"),
        command=("bkash-bench", *sys.argv[1:]),
    )


def _find_optimizations(
    option: str, names: Sequence[str] | None, default: tuple[Optimization, ...]
) -> tuple[Optimization, ...]:
    if names is None:
        return default
    known = {flag.value for flag in Optimization}
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise ConfigurationError(
            f"{option}: unknown optimization {unknown!r}; expected some of"
            f" {', '.join(flag.value for flag in Optimization)}"
        )
    return tuple(Optimization(name) for name in names)


def _refuse_overlap(
    optimizations: tuple[Optimization, ...], base: tuple[Optimization, ...]
) -> None:
    both = next((flag for flag in optimizations if flag in base), None)
    if both is not None:
        raise ConfigurationError(
            f"{both.value} is in --base, so it is always on and has no share;"
            " take it out of --base or out of --optimizations"
        )


def _find_traffic(names: Sequence[str] | None) -> tuple[TrafficKind, ...]:
    if names is None:
        return tuple(KINDS.values())
    unknown = next((name for name in names if name not in KINDS), None)
    if unknown is not None:
        raise ConfigurationError(
            f"--traffic: unknown kind {unknown!r}; expected some of {', '.join(KINDS)}"
        )
    return tuple(KINDS[name] for name in names)
