"""bKash's calls by their names."""

from harness.probe.operation import CREATE, EXECUTE, QUERIES, TOKEN_CALLS
from mock_bkash.latency import GATEWAY_OPERATIONS


def test_the_names_are_the_mocks():
    """The room knows them as words only, so a test holds them to the mock's."""
    assert {CREATE, EXECUTE, *QUERIES, *TOKEN_CALLS} <= set(GATEWAY_OPERATIONS)
