"""The audit in sentences."""

from collections.abc import Callable

from reports import Analysis, analyse
from reports.sections.audit import MOST_VIOLATIONS, audit_lines

Make = Callable[..., Analysis]


def test_a_passed_audit_says_how_much_it_looked_at(seven: Analysis) -> None:
    """280 payments, warm-up included."""
    lines = audit_lines(seven)
    assert [line.variant for line in lines] == [v.name for v in seven.variants]
    assert all(line.ok for line in lines)
    assert "280 payments" in lines[0].sentence


def test_violations_are_written_out_up_to_a_limit(make_run: Make) -> None:
    """With invariant and payment; the rest are in the ledger file."""
    analysis = make_run(variants=("sequential", "stored"))
    violation = {"invariant": "a", "payment_id": "TR1", "ref": None, "message": "captured twice"}
    bare = {"message": "unreadable"}
    found = [bare] + [violation] * MOST_VIOLATIONS
    analysis.folder.write_ledger({"stored": {"ok": False, "payments": 280, "violations": found}})
    unaudited, violated = audit_lines(analyse(analysis.folder))
    assert unaudited.ok is None
    assert violated.ok is False
    assert violated.sentence == "21 violations in 280 payments"
    assert len(violated.violations) == MOST_VIOLATIONS
    assert violated.violations[:2] == ("unreadable", "(a) captured twice TR1")
