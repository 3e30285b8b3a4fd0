"""How to run an attribution again: command, seed, profiles, versions, machine."""

import shlex
from dataclasses import dataclass

from harness.rundata import AttributionRecord
from reports.sections.reproduction import describe_waits, study_facts
from reports.units import count, digits

__all__ = ["AttributionReproduction", "attribution_reproduction", "base_words"]


@dataclass(frozen=True, slots=True)
class AttributionReproduction:
    """Hold what somebody needs to repeat the attribution.

    Attributes:
        command: one line to copy.
        facts: pairs of what and how much.
        profiles: of each latency profile its name and its assumptions, pairs of operation and wait.
    """

    command: str
    facts: tuple[tuple[str, str], ...]
    profiles: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def attribution_reproduction(record: AttributionRecord) -> AttributionReproduction:
    """Return what somebody needs to repeat the attribution."""
    cells = sum(len(traffic.cells) for traffic in record.traffic)
    facts = (
        ("started", record.created_utc),
        ("seed", str(record.seed)),
        ("shared out", ", ".join(record.optimizations)),
        ("base", base_words(record)),
        ("payments", f"{count(record.payments)} in each of {count(cells)} cells"),
        ("took", f"{digits(record.wall_s)} s in {record.jobs} processes"),
        *study_facts(record),
    )
    profiles = {traffic.profile: traffic.profile_data for traffic in record.traffic}
    return AttributionReproduction(
        command=shlex.join(record.command),
        facts=facts,
        profiles=tuple((name, describe_waits(data)) for name, data in profiles.items()),
    )


def base_words(record: AttributionRecord) -> str:
    """Return what is on in every set, in words."""
    if record.base:
        return f"{', '.join(record.base)} (on in every set)"
    return "nothing is on: the guide’s “before”, which asks for a token at every call"
