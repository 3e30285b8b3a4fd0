"""The verdict on a merchant's books: every invariant looked at, every breach listed."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import UNSET, Struct, UnsetType

from mock_bkash.audit.books import Books
from mock_bkash.audit.invariant import INVARIANTS, Finding, Violation
from mock_bkash.audit.view import AuditRequest
from mock_bkash.ledger import Capture

__all__ = ["Examination", "Verdict", "audit"]


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


def audit(
    request: AuditRequest, *, captures: Iterable[Capture], created_s_ago: Mapping[str, float]
) -> Verdict:
    """Judge a merchant's and the shoppers' view by the ledger.

    `created_s_ago`: modelled seconds since each payment was created, by payment id.
    """
    books = Books(request, captures=captures, created_s_ago=created_s_ago)
    findings = {letter: check(books) for letter, check in INVARIANTS.items()}
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
