"""What an attribution was asked for: checked before anything is simulated."""

from collections.abc import Sequence
from typing import Any, Final

from harness.cli.latency_profile import find_profile
from harness.cli.needed_operations import require_operations
from harness.errors import ConfigurationError
from harness.merchant import Optimization, Variant
from harness.simulation import VirtualScenario
from harness.study.attribution import KINDS, Attribution, TrafficKind, make_scenario

__all__ = [
    "GUIDE_SIX",
    "MAX_OPTIMIZATIONS",
    "make_attribution",
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


def make_attribution(options: dict[str, Any]) -> Attribution:
    """Return the study that options by parameter name ask for.

    Raises:
        ConfigurationError: an optimization or a kind of traffic is unknown, one is named twice,
            there are too many, or a profile cannot be used.
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
    everything = Variant(name="everything", optimizations=frozenset((*base, *optimizations)))
    nothing = Variant(name="the base", optimizations=frozenset(base))
    return Attribution(
        optimizations=optimizations,
        base=base,
        traffic=tuple(
            (kind, _scenario(kind, options, variants=(nothing, everything)))
            for kind in _find_traffic(options["traffic"])
        ),
        payments=options["payments"],
        seed=options["seed"],
    )


def _scenario(
    kind: TrafficKind, options: dict[str, Any], *, variants: Sequence[Variant]
) -> VirtualScenario:
    profile = find_profile(kind.profile or options["profile"])
    require_operations(profile, variants)
    return make_scenario(kind, profile=profile, payments=options["payments"], seed=options["seed"])


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
