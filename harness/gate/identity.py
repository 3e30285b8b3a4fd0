"""What makes two runs comparable: profile, seed, scenario, clock, schema.

Code, machine and versions may differ: their effect is what a comparison shows. Everything that is
asked of a run must be the same, or the difference would be the question's and not the answer's.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from harness.rundata import Manifest

__all__ = ["Identity", "identify"]

_NOT_SCENARIO = frozenset({"profile", "profile_data", "seed", "baseline", "scenario"})
"""Fields of a run's configuration that stand on their own, or (the variant that the report compares
with) have no effect on any figure."""

_UNSAID = object()
"""Stands for a setting that one of the two does not know: what it was then, nobody can say."""

_DIGEST_DIGITS = 16
"""Digits of a profile's digest that are kept: enough to tell any two profiles apart."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Hold what was asked of a run.

    Attributes:
        schema_version: of the run folder, because numbers change their meaning with it.
        clock: "real" or "virtual".
        seed: of every draw.
        profile: name of the latency profile, for people.
        profile_digest: of the profile's content.
        scenario: everything else that was asked, by name.
    """

    schema_version: int
    clock: str
    seed: int
    profile: str
    profile_digest: str
    scenario: dict[str, Any]

    def differences(self, baseline: "Identity") -> list[str]:
        """Say in what this run differs from `baseline`; nothing if the two can be compared."""
        said = [
            _difference(name, getattr(self, name), getattr(baseline, name))
            for name in ("schema_version", "clock", "seed")
        ]
        if self.profile_digest != baseline.profile_digest:
            said.append(
                f"profile is {self.profile} ({self.profile_digest}), the baseline's is"
                f" {baseline.profile} ({baseline.profile_digest})"
            )
        mine, theirs = dict(_flat(self.scenario)), dict(_flat(baseline.scenario))
        said += [
            _difference(name, mine.get(name, _UNSAID), theirs.get(name, _UNSAID))
            for name in sorted({*mine, *theirs})
        ]
        return [sentence for sentence in said if sentence]


def identify(manifest: Manifest) -> Identity:
    """Return the identity of a run, or of one that is only planned."""
    configuration = manifest.configuration
    scenario = {
        field.name: getattr(configuration, field.name)
        for field in dataclasses.fields(configuration)
        if field.name not in _NOT_SCENARIO
    }
    return Identity(
        schema_version=manifest.schema_version,
        clock=manifest.clock,
        seed=configuration.seed,
        profile=configuration.profile,
        profile_digest=_digest(configuration.profile_data),
        # Through JSON, so that a baseline that was written and read again is equal.
        scenario=json.loads(json.dumps(scenario | (configuration.scenario or {}), sort_keys=True)),
    )


def _digest(profile: dict[str, Any]) -> str:
    """Digest a profile's content; its name, and the place of files it was read from, are none."""
    content = {key: _content(value) for key, value in profile.items() if key != "name"}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_DIGITS]


def _content(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _content(inner) for key, inner in value.items() if key != "file"}
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _flat(scenario: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield settings by their path, so that a difference names the one that differs."""
    for name, value in scenario.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _difference(name: str, mine: Any, theirs: Any) -> str:
    return "" if mine == theirs else f"{name} is {_say(mine)}, the baseline's is {_say(theirs)}"


def _say(value: Any) -> str:
    if value is _UNSAID:
        return "not known"
    return f"{value:g}" if isinstance(value, float) else json.dumps(value)
