"""What a cross-check was asked for, and the four runs that it consists of."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from harness.cli.compare.settings import CompareSettings
from harness.cli.run_path import default_run_path
from harness.clock import utc_now
from harness.merchant import BUILTIN
from mock_bkash.latency import Constant, Distribution, Profile

__all__ = [
    "DURATION_S",
    "RATE_PER_S",
    "TOKEN_LIFETIME_S",
    "WAKING_S",
    "CrosscheckSettings",
    "Leg",
    "make_crosscheck_settings",
    "waking_profile",
]

DURATION_S: Final = 20.0
RATE_PER_S: Final = 4.0

TOKEN_LIFETIME_S: Final = 20.0
"""As in `compare` on the real clock."""

WAKING_S: Final = 0.02
"""Every wait of the second prediction: long enough to fall asleep and be woken, short enough that a
run is dense with it."""

_FAST: Final = "fast"


class Leg:
    """Name the runs of a cross-check, and their folders."""

    REAL = "real"
    FAST = "fast"
    WAKING = "waking"
    VIRTUAL = "virtual"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosscheckSettings:
    """Hold the options of `crosscheck`.

    Attributes:
        variants: names, in the order to be shown.
        profile: name or path.
        rate_per_s: arrivals per second and variant.
        duration_s: length of the measured arrivals.
        token_lifetime_s: life of a gateway token.
        seed: of every draw.
        out: folder to make.
        command: the command line, to run it again.
    """

    variants: tuple[str, ...]
    profile: str
    rate_per_s: float
    duration_s: float
    token_lifetime_s: float
    seed: int
    out: Path
    command: tuple[str, ...]

    def leg(self, name: str, *, profile: str) -> CompareSettings:
        """Return a comparison on the real clock with these arrivals and another profile."""
        return CompareSettings(
            variants=self.variants,
            variants_file=None,
            targets=(),
            target_keys=(),
            allow_remote=(),
            profile=profile,
            time_scale=1.0,
            rate_per_s=self.rate_per_s,
            duration_s=self.duration_s,
            seed=self.seed,
            token_lifetime_s=self.token_lifetime_s,
            mock_port=None,
            baseline=None,
            out=self.out / name,
            command=self.command,
        )

    @property
    def real(self) -> CompareSettings:
        """The run that is judged."""
        return self.leg(Leg.REAL, profile=self.profile)

    @property
    def fast(self) -> CompareSettings:
        """The run without any wait: what code and sockets take."""
        return self.leg(Leg.FAST, profile=_FAST)

    def waking(self, file: Path) -> CompareSettings:
        """Return the run with a short wait everywhere: what waking up adds to that."""
        return self.leg(Leg.WAKING, profile=str(file))


def make_crosscheck_settings(options: dict[str, Any]) -> CrosscheckSettings:
    """Return the settings for options by parameter name."""
    return CrosscheckSettings(
        variants=options["variants"] or tuple(BUILTIN),
        profile=options["profile"],
        rate_per_s=options["rate"],
        duration_s=options["duration"],
        token_lifetime_s=options["token_lifetime"],
        seed=options["seed"],
        out=options["out"] or default_run_path(utc_now(), name="crosscheck"),
        command=("bkash-bench", *sys.argv[1:]),
    )


def waking_profile(profile: Profile) -> Profile:
    """Return a profile that waits wherever `profile` does, equally long and never otherwise."""
    wait = Distribution(Constant(WAKING_S))
    return Profile(Leg.WAKING, dict.fromkeys(profile.operations, wait))
