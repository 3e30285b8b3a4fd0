"""Names of calls."""

from mock_bkash.latency import DATABASE_OPERATIONS, GATEWAY_OPERATIONS, OPERATIONS
from mock_bkash.wire.tokenized import PATHS


def test_every_call_served_can_be_profiled():
    """No gateway operation goes without a place in a profile."""
    assert set(PATHS.values()) <= set(GATEWAY_OPERATIONS)


def test_no_name_stands_twice():
    """One spelling, one meaning."""
    assert len(set(OPERATIONS)) == len(OPERATIONS)
    assert OPERATIONS == DATABASE_OPERATIONS + GATEWAY_OPERATIONS
