"""A fault plan."""

from mock_bkash.fault import FaultError, FaultPlan


def test_a_plan_stays_unless_it_says_otherwise():
    """And an error about one is a wrong value."""
    assert FaultPlan(name="x", rules=()).ttl_s is None
    assert issubclass(FaultError, ValueError)
