"""The load plan: all that the lab tells the load generator, as a JSON file.

The lab writes a plan and starts `locust_command()` with `PLAN_VARIABLE` naming the file. One such
process drives all variants side by side: arrival i reaches each of them at the same instant, and
each arrival is a shopper of its own, with its own cookies and connections. The process ends by
itself when all journeys have ended or the drain limit has passed.

It writes `samples-<recorder>.csv` into the plan's folder, and one JSON line per second, see
`harness.load.progress`, to its standard output; Locust's own log goes to standard error.
Its exit status is one of `ExitStatus`.

Durations are modelled seconds; on the wall they take `time_scale` times as long. Two limits have a
floor on the wall, because our own code is not made faster by a scale: a request timeout is at least
`SHORTEST_TIMEOUT_S` and the drain at least `SHORTEST_DRAIN_S` wall seconds.
"""

import importlib.util
import math
import sys
from enum import IntEnum
from pathlib import Path

import msgspec

from harness.errors import ConfigurationError
from harness.load.pacer import Arrival, Pacing, plan_arrivals
from harness.load.shopper import COURSES, USERS

__all__ = [
    "PLAN_VARIABLE",
    "SHORTEST_DRAIN_S",
    "SHORTEST_TIMEOUT_S",
    "ExitStatus",
    "LoadPlan",
    "PlanVariant",
    "locust_command",
]

PLAN_VARIABLE = "BKASH_BENCH_PLAN"
"""Environment variable that names the plan's file."""

SHORTEST_TIMEOUT_S = 5.0
SHORTEST_DRAIN_S = 5.0


class ExitStatus(IntEnum):
    """Tell how the load generator ended. A failed request is data and does not show here."""

    COMPLETE = 0
    RECORDER_FAILED = 1
    PLAN_REFUSED = 2
    INTERRUPTED = 3


class PlanVariant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name one backend under load.

    Attributes:
        name: of the variant, as it stands in the samples.
        url: base URL, without a path as a rule.
        target: name of a shipped target or path of a TOML file, see `harness.load.target`.
    """

    name: str
    url: str
    target: str = "merchant"

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a variant's name is empty")
        if not self.url.startswith(("http://", "https://")):
            raise ValueError(f"URL {self.url!r} of variant {self.name} is not an http(s) URL")


class LoadPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say who arrives when, and where.

    Attributes:
        variants: at least one, names unique.
        out: folder for the sample file; must exist.
        rate_per_s: arrivals per modelled second and variant, above 0.
        duration_s: length of the measured arrivals, modelled.
        warmup_s: length of the warm-up before them; its arrivals are flagged.
        seed: of arrivals, shoppers and, through their trace ids, of every draw.
        time_scale: wall seconds per modelled second, above 0.
        land_think_s: pause between the landed page and paying.
        approve_think_s: pause of the shopper at bKash.
        pacing: "poisson" or "paced".
        request_timeout_s: longest wait for one answer, connection included.
        drain_limit_s: longest wait for unfinished journeys after the last arrival.
        recorder: names the sample file; unique in the run folder.
        allowed_hosts: hosts beside the machine itself that may be sent requests.
        users: shoppers are users 1 to this number.
        courses: they buy courses 1 to this number.
    """

    variants: tuple[PlanVariant, ...]
    out: str
    rate_per_s: float
    duration_s: float
    warmup_s: float = 0.0
    seed: int = 1
    time_scale: float = 1.0
    land_think_s: float = 2.0
    approve_think_s: float = 1.0
    pacing: Pacing = Pacing.POISSON
    request_timeout_s: float = 60.0
    drain_limit_s: float = 60.0
    recorder: str = "locust"
    allowed_hosts: tuple[str, ...] = ()
    users: int = USERS
    courses: int = COURSES

    def __post_init__(self) -> None:
        names = [variant.name for variant in self.variants]
        if not names or len(set(names)) != len(names):
            raise ValueError(f"variants must be one or more, each with its own name, not {names}")
        for field in ("rate_per_s", "duration_s", "time_scale", "request_timeout_s"):
            _check(field, getattr(self, field), above_zero=True)
        for field in ("warmup_s", "land_think_s", "approve_think_s", "drain_limit_s"):
            _check(field, getattr(self, field), above_zero=False)
        if not self.recorder or not self.recorder.replace("-", "").replace("_", "").isalnum():
            raise ValueError(f"recorder {self.recorder!r} is not a plain word")
        if self.users < 1 or self.courses < 1:
            raise ValueError("users and courses must be at least 1")

    @property
    def request_timeout_wall_s(self) -> float:
        """Longest wait for one answer, wall seconds."""
        return max(self.request_timeout_s * self.time_scale, SHORTEST_TIMEOUT_S)

    @property
    def drain_limit_wall_s(self) -> float:
        """Longest wait for unfinished journeys after the last arrival, wall seconds."""
        return max(self.drain_limit_s * self.time_scale, SHORTEST_DRAIN_S)

    def arrivals(self) -> list[Arrival]:
        """Return the arrivals of each variant: modelled instants, warm-up first, ascending.

        Raises:
            ConfigurationError: not one arrival fits, or more than there are pairs of user and
                course.
        """
        arrivals = plan_arrivals(
            self.pacing,
            rate_per_s=self.rate_per_s,
            warmup_s=self.warmup_s,
            duration_s=self.duration_s,
            seed=self.seed,
        )
        if not arrivals or arrivals[-1].warmup:
            raise ConfigurationError(
                f"no shopper arrives in {self.duration_s:g} s at {self.rate_per_s:g} per second;"
                " raise --rate or --duration"
            )
        pairs = self.users * self.courses
        if len(arrivals) > pairs:
            raise ConfigurationError(
                f"{len(arrivals)} arrivals exceed the {pairs} pairs of user and course, and no pair"
                " may buy twice; lower --rate or --duration"
            )
        return arrivals

    def write(self, path: Path) -> None:
        """Write the plan as JSON.

        Raises:
            ConfigurationError: the file cannot be written.
        """
        try:
            path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n")
        except OSError as error:
            raise ConfigurationError(f"cannot write load plan {path}: {error.strerror}") from error

    @classmethod
    def read(cls, path: Path) -> "LoadPlan":
        """Read a plan, strictly.

        Raises:
            ConfigurationError: the file is missing, or a field is unknown, missing or impossible.
        """
        try:
            return msgspec.json.decode(path.read_bytes(), type=cls)
        except OSError as error:
            raise ConfigurationError(f"cannot read load plan {path}: {error.strerror}") from error
        except msgspec.MsgspecError as error:
            raise ConfigurationError(f"{path} is not a load plan: {error}") from error


def locust_command() -> list[str]:
    """Return the command that drives a plan; `PLAN_VARIABLE` in its environment names the plan.

    Raises:
        ConfigurationError: the package `scenarios` is not installed.
    """
    spec = importlib.util.find_spec("scenarios")
    folders = [] if spec is None else list(spec.submodule_search_locations or ())
    if not folders:
        raise ConfigurationError("package scenarios is not installed; reinstall bkash-bench")
    scenario = Path(folders[0]) / "checkout.py"
    return [sys.executable, "-m", "locust", "-f", str(scenario), "--headless", "--only-summary"]


def _check(field: str, value: float, *, above_zero: bool) -> None:
    if not math.isfinite(value) or value < 0 or (above_zero and value == 0):
        raise ValueError(f"{field} = {value!r} must be {'above' if above_zero else 'at least'} 0")
