"""The ledger audit in sentences."""

from dataclasses import dataclass

from reports.analysis import Analysis
from reports.units import count

__all__ = ["MOST_VIOLATIONS", "AuditLine", "audit_lines"]

MOST_VIOLATIONS = 20
"""Violations written out per variant; the rest are in `ledger.json`."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Hold the audit of one variant in words.

    Attributes:
        variant: its name.
        ok: whether it passed; None where none was made.
        sentence: the result.
        violations: what was violated, at most `MOST_VIOLATIONS`.
    """

    variant: str
    ok: bool | None
    sentence: str
    violations: tuple[str, ...] = ()


def audit_lines(analysis: Analysis) -> list[AuditLine]:
    """Return the audits in the order of the variants."""
    lines = []
    for variant in analysis.variants:
        audit = variant.audit
        if audit is None:
            lines.append(AuditLine(variant.name, None, "was not audited"))
            continue
        if audit.ok:
            sentence = f"{count(audit.payments)} payments add up in both books"
            lines.append(AuditLine(variant.name, True, sentence))
            continue
        shown = tuple(_violation(violation) for violation in audit.violations[:MOST_VIOLATIONS])
        sentence = f"{count(len(audit.violations))} violations in {count(audit.payments)} payments"
        lines.append(AuditLine(variant.name, False, sentence, shown))
    return lines


def _violation(violation: dict[str, object]) -> str:
    where = violation.get("payment_id") or violation.get("ref") or ""
    invariant = violation.get("invariant")
    parts = [f"({invariant})" if invariant else "", str(violation.get("message", "")), str(where)]
    return " ".join(part for part in parts if part)
