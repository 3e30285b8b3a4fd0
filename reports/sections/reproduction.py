"""How to run it again: command, seed, versions, machine."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.rundata import StudyRecord
from reports.analysis import Analysis
from reports.units import megabytes, plain

__all__ = ["Reproduction", "describe_wait", "describe_waits", "reproduction", "study_facts"]


@dataclass(frozen=True, slots=True)
class Reproduction:
    """Hold what somebody needs to repeat the run.

    Attributes:
        command: one line to copy.
        facts: pairs of what and how much.
        variants: pairs of variant and its optimizations in words.
        assumptions: pairs of operation and assumed wait, the profile's.
    """

    command: str
    facts: tuple[tuple[str, str], ...]
    variants: tuple[tuple[str, str], ...]
    assumptions: tuple[tuple[str, str], ...]


def reproduction(analysis: Analysis) -> Reproduction:
    """Return what somebody needs to repeat the run."""
    manifest = analysis.manifest
    configuration = manifest.configuration
    machine = manifest.machine
    memory = machine.get("memory_bytes")
    facts = (
        ("started", manifest.created_utc),
        ("clock", manifest.clock),
        ("profile", configuration.profile),
        ("seed", str(configuration.seed)),
        ("arrivals", f"{plain(configuration.rate_per_s)} a second and variant, open model"),
        ("duration", f"{configuration.duration_s:g} s after {configuration.warmup_s:g} s warm-up"),
        ("time scale", f"{configuration.time_scale:g}"),
        ("token life", f"{configuration.token_lifetime_s:g} s"),
        ("machine", ", ".join(_machine(machine))),
        ("memory", f"{megabytes(memory)} MB" if isinstance(memory, int) else "unknown"),
        ("commit", manifest.git_commit or "not from a checkout"),
        ("versions", ", ".join(f"{name} {v}" for name, v in sorted(manifest.versions.items()))),
    )
    return Reproduction(
        command=shlex.join(manifest.command),
        facts=facts,
        variants=tuple(
            (v.name, ", ".join(v.optimizations) or _nothing(v.kind)) for v in manifest.variants
        ),
        assumptions=describe_waits(configuration.profile_data),
    )


def study_facts(record: StudyRecord) -> tuple[tuple[str, str], ...]:
    """Return what made the record of a study, whatever was studied: pairs of what and how much."""
    cpu, cores = record.machine.get("cpu"), record.machine.get("cores")
    machine = (str(cpu) if cpu else "", f"{cores} cores" if cores else "")
    return (
        ("machine", ", ".join(word for word in machine if word) or "unknown"),
        ("commit", record.git_commit or "not from a checkout"),
        ("versions", ", ".join(f"{name} {v}" for name, v in sorted(record.versions.items()))),
    )


def describe_waits(profile_data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the waits that a profile assumes: pairs of operation and distribution in words."""
    return tuple(
        (name, describe_wait(wait))
        for name, wait in sorted(profile_data.get("operations", {}).items())
    )


def describe_wait(wait: object) -> str:
    """Return a distribution of a profile in words."""
    if not isinstance(wait, dict):
        return str(wait)
    words = {
        "constant": "always {value_s:g} s",
        "lognormal": "median {median_s:g} s, p95 {p95_s:g} s",
        "uniform": "{low_s:g} to {high_s:g} s",
        "empirical": "drawn from {file}",
    }.get(str(wait.get("kind")))
    try:
        said = str(wait) if words is None else words.format(**wait)
    except (KeyError, ValueError):
        return str(wait)
    tail = wait.get("tail")
    if isinstance(tail, dict) and tail.get("probability") and "factor" in tail:
        said += f", {tail['factor']:g} times slower once in {1 / tail['probability']:.0f}"
    return said


def _machine(machine: dict[str, object]) -> list[str]:
    cores = machine.get("cores")
    known = [machine.get("cpu"), f"{cores} cores" if cores else None, machine.get("system")]
    return [str(word) for word in known if word]


def _nothing(kind: str) -> str:
    return "a running backend" if kind == "target" else "no optimization"
