"""The verdict."""

import msgspec

from mock_bkash.audit import AuditRequest, PayerView, audit


def test_a_verdict_says_how_far_it_looked():
    """An invariant that could not be looked at carries its reason, and no number is made up."""
    view = AuditRequest(app_key="k", payer=[PayerView("TR1", "failed")])
    verdict = msgspec.to_builtins(audit(view, captures=(), created_s_ago={}))
    assert (verdict["ok"], verdict["payments"], verdict["captures"]) == (True, 1, 0)
    assert verdict["invariants"]["a"] == {
        "applicable": False,
        "checked": 0,
        "reason": "the merchant's payments were not given",
    }
    assert verdict["invariants"]["d"] == {"applicable": True, "checked": 0}
