"""The verdict."""

import msgspec

from mock_bkash.audit import AuditRequest, PayerView, Truth, audit


def test_a_verdict_says_how_far_it_looked():
    """An invariant that could not be looked at carries its reason, and no number is made up."""
    view = AuditRequest(app_key="k", payer=[PayerView("TR1", "failed")])
    verdict = msgspec.to_builtins(audit(view, Truth()))
    assert (verdict["ok"], verdict["payments"], verdict["captures"]) == (True, 1, 0)
    assert verdict["invariants"]["a"] == {
        "applicable": False,
        "checked": 0,
        "reason": "the merchant's payments were not given",
    }
    assert verdict["invariants"]["d"] == {"applicable": True, "checked": 0}


def test_what_was_forgotten_is_not_judged():
    """A part of the ledger would accuse a shop of payments that were captured long ago."""
    view = AuditRequest(app_key="k", payments=[])
    verdict = audit(view, Truth(forgotten=3))
    applicable = [letter for letter, look in verdict.invariants.items() if look.applicable]
    assert applicable == ["e"]
    assert "3 captures were forgotten" in str(verdict.invariants["b"].reason)
    assert verdict.ok
