"""From evidence to the record that reports read and `--json` prints."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.probe.evidence import Evidence
from harness.probe.figures import make_agreements
from harness.probe.judges import judge_all
from harness.rundata import PROBE, ProbeFinding, ProbeRecord

__all__ = ["Circumstances", "make_record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Hold what a record says that no evidence shows; attributes as in `ProbeRecord`."""

    created_utc: str
    command: tuple[str, ...]
    gateway_url: str
    profile: str
    profile_data: Mapping[str, Any]
    duration_s: float
    versions: Mapping[str, str]
    machine: Mapping[str, Any]


def make_record(evidence: Evidence, circumstances: Circumstances) -> ProbeRecord:
    """Judge the evidence and put everything together."""
    verdicts = judge_all(evidence)
    findings = [verdict.finding for verdict in verdicts if verdict.finding is not None]
    alignment = evidence.alignment
    return ProbeRecord(
        schema_version=PROBE.version,
        created_utc=circumstances.created_utc,
        command=circumstances.command,
        target=evidence.plan.target.name,
        url=evidence.plan.url,
        gateway_url=circumstances.gateway_url,
        profile=circumstances.profile,
        profile_data=dict(circumstances.profile_data),
        seed=evidence.plan.seed,
        duration_s=circumstances.duration_s,
        probed=evidence.probed,
        clock_accuracy_s=None if alignment is None else alignment.accuracy_ns / 1e9,
        app_key=evidence.app_key,
        findings=tuple(sorted(findings, key=_weight)),
        checks=tuple(verdict.check for verdict in verdicts),
        figures=evidence.figures,
        agreements=make_agreements(evidence.routine),
        payments=tuple(evidence.payments),
        notes=tuple(evidence.notes),
        versions=dict(circumstances.versions),
        machine=dict(circumstances.machine),
    )


def _weight(finding: ProbeFinding) -> tuple[bool, bool, bool, float]:
    # What costs no seconds costs money or goods: those first. Then what every payment pays for;
    # last what costs nothing at this profile.
    return (
        finding.lesser,
        finding.cost_s is not None,
        not finding.every_payment,
        -(finding.cost_s or 0.0),
    )
