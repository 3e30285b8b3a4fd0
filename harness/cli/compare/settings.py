"""What a comparison was asked for, after parsing and before anything is looked up."""

from dataclasses import dataclass, field
from pathlib import Path

from harness.cli.compare.virtual_options import VirtualWish
from harness.cli.gate.options import GateWish

__all__ = ["WARMUP_S", "CompareSettings", "default_rate_per_s"]

RATE_PER_S = 4.0
"""Payments per second and variant: seven variants then use a quarter of two cores, so that waiting
times are the model's and not the machine's."""

WALL_RATE_PER_S = 8.0
"""Most that a default asks of the machine per wall second and variant, however short the scale."""

WARMUP_S = 8.0
"""Long enough for the longest journey without a slow call, so that measuring begins at the run's
own number of shoppers under way."""

DURATION_S = 60.0
SEED = 1

TOKEN_LIFETIME_S = 20.0
"""Three expiries fit into the arrivals; bKash's own 3600 s would show none."""

LAND_THINK_S = 3.0
"""Shoppers look at the page before they pay. Shorter than people really do, and longer than a token
grant, so that a prefetch can show what it is worth."""

APPROVE_THINK_S = 1.0
"""The shopper's time at bKash; it is no part of the payment time and only costs run time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareSettings:
    """Hold the options of `compare`; all durations and rates are modelled.

    Attributes:
        variants: names, in the order to be shown.
        variants_file: TOML file that defines some of them.
        targets: `NAME=URL[,FILE]` as typed.
        target_keys: `NAME=APP_KEY` as typed.
        allow_remote: hosts that may be sent load though they are not this machine.
        profile: name or path.
        time_scale: wall seconds per modelled second.
        rate_per_s: arrivals per second and variant.
        duration_s: length of the measured arrivals.
        seed: of every draw.
        token_lifetime_s: life of a gateway token.
        mock_port: port of the mock, 0 for a free one; None: free, or fixed where targets need it.
        baseline: name of the variant that the others are compared with.
        out: run folder.
        command: the command line, to run it again.
        gate: what the run's figures are held against.
        virtual: what was asked of the virtual clock; None on the real one.
    """

    variants: tuple[str, ...]
    variants_file: Path | None
    targets: tuple[str, ...]
    target_keys: tuple[str, ...]
    allow_remote: tuple[str, ...]
    profile: str
    time_scale: float
    rate_per_s: float
    duration_s: float
    seed: int
    token_lifetime_s: float
    mock_port: int | None
    baseline: str | None
    out: Path
    command: tuple[str, ...]
    gate: GateWish = field(default_factory=GateWish)
    virtual: VirtualWish | None = None


def default_rate_per_s(time_scale: float) -> float:
    """Return the arrival rate for who named none: less where a short scale would swamp the machine.

    Args:
        time_scale: wall seconds per modelled second.
    """
    return min(RATE_PER_S, WALL_RATE_PER_S * time_scale)
