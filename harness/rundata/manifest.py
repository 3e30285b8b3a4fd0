"""The manifest: everything about a run that its samples do not say."""

from dataclasses import dataclass, field
from typing import Any

__all__ = ["SCHEMA_VERSION", "Manifest", "RunConfiguration", "VariantRecord"]

SCHEMA_VERSION = 1
"""Version of the run folder's format; it rises when a number changes its meaning."""


@dataclass(frozen=True, slots=True)
class VariantRecord:
    """Describe one variant of a run.

    Attributes:
        name: unique in the run.
        optimizations: names of its flags, in the order of `bkash-bench variants`.
        kind: "builtin", "user" (from a TOML file) or "target" (a backend that was already running).
        target: base URL it was reached at.
        app_key: bKash app key under which the mock kept its state.
    """

    name: str
    optimizations: tuple[str, ...]
    kind: str
    target: str
    app_key: str


@dataclass(frozen=True, slots=True)
class RunConfiguration:
    """Hold what was asked for. Durations are modelled seconds; `time_scale` only sets wall speed.

    Attributes:
        profile: name of the latency profile.
        profile_data: the profile itself, as it would stand in TOML.
        time_scale: wall seconds per modelled second, in (0, 1] as a rule.
        rate_per_s: arrivals per modelled second and variant.
        duration_s: length of the arrivals after warm-up, modelled.
        warmup_s: length of the warm-up before, modelled; its arrivals are flagged, not deleted.
        seed: of every draw.
        token_lifetime_s: life of a gateway token, modelled.
        land_think_s: pause between landing and paying, modelled.
        approve_think_s: pause of the shopper at bKash, modelled.
        baseline: name of the variant that the others are compared with.
        scenario: of a run on the virtual clock, what its numbers depend on beside the above
            (bursts, pools, losses, instances, …); None on the real clock.
    """

    profile: str
    profile_data: dict[str, Any]
    time_scale: float
    rate_per_s: float
    duration_s: float
    warmup_s: float
    seed: int
    token_lifetime_s: float
    land_think_s: float
    approve_think_s: float
    baseline: str
    scenario: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """Describe a run: what was asked for, by which code, on which machine.

    Attributes:
        schema_version: of the run folder, see `SCHEMA_VERSION`.
        name: of the run, for people.
        created_utc: ISO 8601 with offset.
        command: the command line, to run it again.
        clock: "real" or "virtual".
        configuration: what was asked for.
        variants: in the order in which they are to be shown; the baseline is among them.
        versions: Python and package versions by name.
        git_commit: of the checkout, None outside one.
        machine: what it ran on (`cpu`, `cores`, `memory_bytes`, `system`).
        notes: sentences that a reader of the numbers has to know.
    """

    schema_version: int
    name: str
    created_utc: str
    command: tuple[str, ...]
    clock: str
    configuration: RunConfiguration
    variants: tuple[VariantRecord, ...]
    versions: dict[str, str]
    git_commit: str | None
    machine: dict[str, Any]
    notes: tuple[str, ...] = field(default=())
