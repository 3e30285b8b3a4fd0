"""What a what-if was asked for: checked before anything is simulated."""

from collections.abc import Sequence
from typing import Any, Final

from harness.cli.latency_profile import find_profile
from harness.cli.needed_operations import require_operations
from harness.cli.rate import TypedRange
from harness.errors import ConfigurationError
from harness.merchant import BUILTIN, Variant, find_variant
from harness.simulation import Arrivals, NetworkModel, VirtualScenario
from harness.simulation.loop import MAX_VIRTUAL_S
from harness.stages import Stage
from harness.study.whatif import (
    ASSUMPTIONS,
    Knob,
    WhatIf,
    assumption_knob,
    setting_knob,
    stage_knob,
)

__all__ = ["make_whatif"]

PAYMENTS_ALL: Final = 200
"""Payments at each point where everything is swept: some fifty points for every variant."""

PAYMENTS_FEW: Final = 1_000
"""Payments at each point of a curve that was asked for."""

POINTS_ALL: Final = 4
"""A quarter, half, as it is, double."""

POINTS_FEW: Final = 7

_SPARE_S: Final = 2 * 86_400.0
"""What the virtual clock needs to close the books."""


def make_whatif(options: dict[str, Any]) -> WhatIf:
    """Return the study that options by parameter name ask for.

    Raises:
        ConfigurationError: something in them cannot be used.
    """
    names: Sequence[str] = options["variants"] or tuple(BUILTIN)
    variants = tuple(find_variant(name, variants_file=options["variants_file"]) for name in names)
    stages, settings = options["stages"], options["settings"]
    all_stages = not stages and not settings
    scenario = _scenario(options, all_stages=all_stages)
    require_operations(scenario.profile, variants)
    knobs = (
        _all_knobs(scenario, options["range"])
        if all_stages
        else _chosen_knobs(scenario, stages, settings, options["range"])
    )
    _refuse_idle(knobs, variants)
    return WhatIf(
        variants=variants,
        knobs=knobs,
        all_stages=all_stages,
        points=options["points"] or (POINTS_ALL if all_stages else POINTS_FEW),
        scenario=scenario,
    )


def _scenario(options: dict[str, Any], *, all_stages: bool) -> VirtualScenario:
    profile = find_profile(options["profile"])
    payments = options["payments"] or (PAYMENTS_ALL if all_stages else PAYMENTS_FEW)
    rate_per_s: float = options["rate"]
    _refuse_endless(payments, rate_per_s, option=f"--rate {rate_per_s * 3600:g}/h")
    return VirtualScenario(
        profile=profile,
        seed=options["seed"],
        arrivals=Arrivals(rate_per_s=rate_per_s),
        payments=payments,
        token_lifetime_s=options["token_lifetime"],
        network=NetworkModel.of(profile),
    )


def _refuse_endless(payments: int, rate_per_s: float, *, option: str) -> None:
    days = payments / rate_per_s / 86_400
    if payments / rate_per_s > MAX_VIRTUAL_S - _SPARE_S:
        raise ConfigurationError(
            f"{option}: {payments} payments take {days:,.0f} days, and the virtual clock ends after"
            f" {MAX_VIRTUAL_S / 86_400:.0f}; raise the rate or lower --payments"
        )


def _all_knobs(scenario: VirtualScenario, wanted: TypedRange | None) -> tuple[Knob, ...]:
    profile = scenario.profile
    stages = [stage.value for stage in Stage if stage.value in profile.operations]
    return (
        *(stage_knob(stage, profile=profile, wanted=wanted) for stage in stages),
        *(assumption_knob(name, scenario=scenario) for name in ASSUMPTIONS),
    )


def _chosen_knobs(
    scenario: VirtualScenario,
    stages: Sequence[str],
    settings: Sequence[str],
    wanted: TypedRange | None,
) -> tuple[Knob, ...]:
    if wanted is not None and stages and settings:
        raise ConfigurationError(
            "--range is a factor for a --stage and a value for a --setting; ask for one of them,"
            " or leave --range out"
        )
    knobs = (
        *(stage_knob(stage, profile=scenario.profile, wanted=wanted) for stage in stages),
        *(setting_knob(name, scenario=scenario, wanted=wanted) for name in settings),
    )
    names = [knob.name for knob in knobs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ConfigurationError(f"{twice!r} is asked about twice; name each once")
    for knob in knobs:
        if knob.name == "rate":
            assert scenario.payments is not None, "a what-if ends by payments"
            _refuse_endless(scenario.payments, knob.low / 3600, option=f"rate {knob.low:g}/h")
    return knobs


def _refuse_idle(knobs: Sequence[Knob], variants: Sequence[Variant]) -> None:
    for knob in knobs:
        if not any(knob.concerns(variant) for variant in variants):
            raise ConfigurationError(
                f"--setting {knob.name} changes nothing: none of"
                f" {', '.join(variant.name for variant in variants)} has {knob.needs}"
            )
