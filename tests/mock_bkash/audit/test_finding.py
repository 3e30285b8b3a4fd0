"""What looking at an invariant brings."""

from mock_bkash.audit.finding import Finding


def test_a_finding_says_nothing_it_was_not_told():
    """Nothing was looked at, nothing found, and no reason why."""
    assert (Finding().checked, Finding().violations, Finding().reason) == (0, (), None)
