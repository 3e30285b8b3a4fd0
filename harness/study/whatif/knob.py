"""The things that a what-if can change: stages, settings, and assumptions of the profile.

A knob turns a scenario into another one. Everything else stays, draws included, so that a
difference between two points is the knob's doing and nobody's luck.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Protocol

from harness.errors import ConfigurationError
from harness.merchant import Optimization, Variant
from harness.rundata.whatif import KnobKind
from harness.simulation import NetworkModel, VirtualScenario
from harness.stages import Stage
from mock_bkash.latency import (
    Profile,
    scale_profile,
    set_gateway_round_trip,
    set_gateway_tail,
    set_spread,
)

__all__ = [
    "ASSUMPTIONS",
    "SETTINGS",
    "Knob",
    "WantedRange",
    "assumption_knob",
    "setting_knob",
    "stage_knob",
]

STAGE_RANGE: Final = (0.25, 2.0)
"""A quarter to double: what somebody may measure who believes the profile to be roughly right."""

MOST_FACTOR: Final = 100.0

LEAST_RATIO: Final = 3.0
MOST_RATIO: Final = 1e6
"""Ranges within these are looked at in ratios, others in equal steps."""

_FACTOR = "times"
_SECONDS = "s"
_PER_HOUR = "per_hour"
_SHARE = "share"

Change = Callable[[VirtualScenario, float], VirtualScenario]


class WantedRange(Protocol):
    """A range as somebody wrote it; what its ends mean depends on what is turned."""

    def numbers(self) -> tuple[float, float] | None:
        """Return both ends as plain numbers, ascending; None where they are not."""

    def rates(self) -> tuple[float, float] | None:
        """Return both ends as rates per second, ascending; None where they are not."""


@dataclass(frozen=True, slots=True)
class Knob:
    """Be one thing that can be changed.

    Attributes:
        name: of the stage, setting or assumption.
        kind: which of them it is.
        unit: of its values: "times", "s", "per_hour" or "share".
        base: its value where nothing is changed.
        low, high: the range to look at.
        change: returns a scenario with another value.
        needs: flag without which a variant does not notice; None: every variant does.
    """

    name: str
    kind: KnobKind
    unit: str
    base: float
    low: float
    high: float
    change: Change
    needs: Optimization | None = None

    def concerns(self, variant: Variant) -> bool:
        """Tell whether a variant notices the change at all."""
        return self.needs is None or variant.has(self.needs)

    def values(self, points: int) -> tuple[float, ...]:
        """Return `points` values over the range, ascending, and the base if it lies inside.

        Evenly spaced in ratios where the range allows it: half and double are equally far.
        """
        if self.low > 0 and LEAST_RATIO <= self.high / self.low <= MOST_RATIO:
            step = (self.high / self.low) ** (1 / (points - 1))
            grid = [self.low * step**place for place in range(points)]
        else:
            step = (self.high - self.low) / (points - 1)
            grid = [self.low + step * place for place in range(points)]
        values = {_neat(value) for value in grid}
        if self.low <= self.base <= self.high:
            # Points that nearly are the base would be simulated to no purpose.
            values = {v for v in values if not math.isclose(v, self.base, rel_tol=1e-3)}
            values.add(self.base)
        return tuple(sorted(values))


@dataclass(frozen=True, slots=True)
class _Kind:
    """Say what can be asked of a setting or an assumption.

    `low` and `high` are the default range, `least` and `most` what can be asked for; `*_share` of
    a token's life instead of seconds.
    """

    unit: str
    default: tuple[float, float]
    bounds: tuple[float, float]
    change: Change
    base: Callable[[VirtualScenario], float]
    needs: Optimization | None = None
    of_lifetime: bool = False


def stage_knob(stage: str, *, profile: Profile, wanted: WantedRange | None) -> Knob:
    """Return the knob of a stage: all its times, tails included, by a factor.

    Raises:
        ConfigurationError: no payment has such a stage, the profile has no times for it, or the
            range cannot be used.
    """
    known = [s.value for s in Stage]
    if stage not in known:
        raise ConfigurationError(
            f"--stage: unknown stage {stage!r}; expected one of {', '.join(known)}"
        )
    if stage not in profile.operations:
        raise ConfigurationError(
            f"--stage {stage}: profile {profile.name!r} has no operation {stage!r}, so there is"
            " nothing to make faster"
        )
    low, high = _plain_range(wanted, STAGE_RANGE, (1 / MOST_FACTOR, MOST_FACTOR), what=stage)
    change = partial(_scale, operations=(stage,))
    return Knob(stage, KnobKind.STAGE, _FACTOR, 1.0, low, high, change)


def setting_knob(name: str, *, scenario: VirtualScenario, wanted: WantedRange | None) -> Knob:
    """Return the knob of a setting.

    Raises:
        ConfigurationError: there is no such setting, or the range cannot be used.
    """
    kind = SETTINGS.get(name)
    if kind is None:
        raise ConfigurationError(
            f"--setting: unknown setting {name!r}; expected one of {', '.join(SETTINGS)}"
        )
    return _knob(name, KnobKind.SETTING, kind, scenario, wanted)


def assumption_knob(name: str, *, scenario: VirtualScenario) -> Knob:
    """Return the knob of an assumption that is no single stage's."""
    return _knob(name, KnobKind.ASSUMPTION, ASSUMPTIONS[name], scenario, None)


def _knob(
    name: str,
    knob_kind: KnobKind,
    kind: _Kind,
    scenario: VirtualScenario,
    wanted: WantedRange | None,
) -> Knob:
    scale = scenario.token_lifetime_s if kind.of_lifetime else 1.0
    default = (kind.default[0] * scale, kind.default[1] * scale)
    bounds = (kind.bounds[0] * scale, kind.bounds[1] * scale)
    if kind.unit == _PER_HOUR:
        low, high = _rate_range(wanted, default, bounds, what=name)
    else:
        low, high = _plain_range(wanted, default, bounds, what=name)
    return Knob(
        name, knob_kind, kind.unit, _neat(kind.base(scenario)), low, high, kind.change, kind.needs
    )


def _plain_range(
    wanted: WantedRange | None,
    default: tuple[float, float],
    bounds: tuple[float, float],
    *,
    what: str,
) -> tuple[float, float]:
    if wanted is None:
        return default
    return _within(wanted, wanted.numbers(), bounds, what=what)


def _rate_range(
    wanted: WantedRange | None,
    default: tuple[float, float],
    bounds: tuple[float, float],
    *,
    what: str,
) -> tuple[float, float]:
    if wanted is None:
        return default
    rates = wanted.rates()
    per_hour = None if rates is None else (rates[0] * 3600, rates[1] * 3600)
    return _within(wanted, per_hour, bounds, what=what, unit="/h")


def _within(
    wanted: WantedRange,
    ends: tuple[float, float] | None,
    bounds: tuple[float, float],
    *,
    what: str,
    unit: str = "",
) -> tuple[float, float]:
    if ends is None or not bounds[0] <= ends[0] < ends[1] <= bounds[1]:
        raise ConfigurationError(
            f"--range {wanted} cannot be used for {what}: it must ascend, from"
            f" {bounds[0]:g}{unit} at least to {bounds[1]:g}{unit} at most"
        )
    return ends


def _neat(value: float) -> float:
    """Round to six significant digits, so that one half is 0.5 however it was worked out."""
    return float(f"{value:.6g}")


def _scale(
    scenario: VirtualScenario, value: float, *, operations: tuple[str, ...] | None
) -> VirtualScenario:
    profile = scale_profile(scenario.profile, value, operations=operations)
    return replace(scenario, profile=profile)


def _everything(scenario: VirtualScenario, value: float) -> VirtualScenario:
    return _scale(scenario, value, operations=None)


def _tail(scenario: VirtualScenario, value: float) -> VirtualScenario:
    return replace(scenario, profile=set_gateway_tail(scenario.profile, value))


def _spread(scenario: VirtualScenario, value: float) -> VirtualScenario:
    return replace(scenario, profile=set_spread(scenario.profile, value))


def _round_trip(scenario: VirtualScenario, value: float) -> VirtualScenario:
    profile = set_gateway_round_trip(scenario.profile, value)
    return replace(scenario, profile=profile, network=NetworkModel.of(profile))


def _rate(scenario: VirtualScenario, value: float) -> VirtualScenario:
    return replace(scenario, arrivals=replace(scenario.arrivals, rate_per_s=value / 3600))


def _timeout(scenario: VirtualScenario, value: float) -> VirtualScenario:
    return replace(scenario, tuning=replace(scenario.tuning, payment_timeout_s=value))


def _refresh_interval(scenario: VirtualScenario, value: float) -> VirtualScenario:
    share = value / scenario.token_lifetime_s
    return replace(scenario, tuning=replace(scenario.tuning, background_renew_at=share))


def _buffer(scenario: VirtualScenario, value: float) -> VirtualScenario:
    share = 1 - value / scenario.token_lifetime_s
    return replace(scenario, tuning=replace(scenario.tuning, early_renew_at=share))


def _spread_of(scenario: VirtualScenario) -> float:
    """Return p95 / median of create, which is what the profile's other operations have, too."""
    create = scenario.profile.operations.get(Stage.CREATE_PAYMENT)
    if create is None or create.median_s() == 0:
        return 1.0
    return create.shape.quantile_s(0.95) / create.median_s()


def _tail_of(scenario: VirtualScenario) -> float:
    create = scenario.profile.operations.get(Stage.CREATE_PAYMENT)
    return 0.0 if create is None or create.tail is None else create.tail.probability


SETTINGS: Final[dict[str, _Kind]] = {
    "timeout": _Kind(
        _SECONDS,
        (2.0, 30.0),
        (0.1, 600.0),
        _timeout,
        lambda scenario: scenario.tuning.payment_timeout_s,
        needs=Optimization.TIMEOUTS,
    ),
    "refresh_interval": _Kind(
        _SECONDS,
        (0.25, 0.97),
        (0.01, 1.0),
        _refresh_interval,
        lambda scenario: scenario.tuning.background_renew_at * scenario.token_lifetime_s,
        needs=Optimization.BACKGROUND_REFRESH,
        of_lifetime=True,
    ),
    "buffer": _Kind(
        _SECONDS,
        (1 / 60, 0.5),
        (0.0, 0.99),
        _buffer,
        lambda scenario: (1 - scenario.tuning.early_renew_at) * scenario.token_lifetime_s,
        needs=Optimization.EARLY_REFRESH,
        of_lifetime=True,
    ),
    "rate": _Kind(
        _PER_HOUR,
        (2.0, 3600.0),
        (1 / 24, 36_000.0),
        _rate,
        lambda scenario: scenario.arrivals.rate_per_s * 3600,
    ),
    "round_trip": _Kind(
        _SECONDS,
        (0.0, 0.3),
        (0.0, 10.0),
        _round_trip,
        lambda scenario: scenario.profile.network.gateway_round_trip_s,
    ),
}
"""What a shop can set or move: the timeout of payment calls, when the background refresher renews,
how long before its end a token counts as stale, the traffic, the distance to bKash."""

ASSUMPTIONS: Final[dict[str, _Kind]] = {
    "everything": _Kind(_FACTOR, (0.5, 2.0), (0.01, 100.0), _everything, lambda scenario: 1.0),
    "tail": _Kind(_SHARE, (0.0, 0.05), (0.0, 1.0), _tail, _tail_of),
    "spread": _Kind(_FACTOR, (1.1, 3.0), (1.0, 100.0), _spread, _spread_of),
    "round_trip": SETTINGS["round_trip"],
}
"""What else a profile assumes: how slow everything is together, how many gateway calls are far
slower than the rest, how far p95 lies from the median, the distance to bKash."""
