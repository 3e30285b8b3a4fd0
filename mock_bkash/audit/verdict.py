"""The verdict on a merchant's books: every invariant looked at, every breach listed."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import UNSET, Struct, UnsetType

from mock_bkash.audit.books import Books, Truth
from mock_bkash.audit.finding import Finding, Violation
from mock_bkash.audit.invariant import INVARIANTS
from mock_bkash.audit.view import AuditRequest

__all__ = ["Examination", "Verdict", "audit"]

_NEED_ALL_CAPTURES: Final = frozenset("abcdh")
"""Invariants that cannot be judged by a part of the ledger."""


class Examination(Struct, frozen=True, kw_only=True):
    """Tell how far one invariant could be looked at; `reason` is there where it could not."""

    applicable: bool
    checked: int
    reason: str | UnsetType = UNSET


class Verdict(Struct, frozen=True, kw_only=True):
    """Hold an audit's answer.

    Attributes:
        ok: whether nothing was found.
        payments: in the merchant's books; where those are missing, payments that shoppers saw.
        captures: in the ledger.
        violations: everything that was found.
        invariants: by letter.
    """

    ok: bool
    payments: int
    captures: int
    violations: Sequence[Violation]
    invariants: Mapping[str, Examination]


def audit(request: AuditRequest, truth: Truth) -> Verdict:
    """Judge a merchant's and the shoppers' view by what the gateway knows."""
    books = Books(request, truth)
    findings = {letter: check(books) for letter, check in INVARIANTS.items()}
    if truth.forgotten:
        reason = f"{truth.forgotten} captures were forgotten to save memory; keep more payments"
        findings.update(dict.fromkeys(_NEED_ALL_CAPTURES, Finding(reason=reason)))
    violations = [v for finding in findings.values() for v in finding.violations]
    return Verdict(
        ok=not violations,
        payments=len(books.payer if books.payments is None else books.payments),
        captures=len(books.captures),
        violations=violations,
        invariants={letter: _examination(finding) for letter, finding in findings.items()},
    )


def _examination(finding: Finding) -> Examination:
    return Examination(
        applicable=finding.reason is None,
        checked=finding.checked,
        reason=UNSET if finding.reason is None else finding.reason,
    )
