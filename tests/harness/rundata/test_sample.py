"""Laws of a sample."""

from harness.rundata import COLUMNS, RequestName, Sample


def test_columns_are_the_attributes_in_order():
    """The file's header and the code cannot drift apart."""
    assert Sample.__struct_fields__ == COLUMNS


def test_requests_are_those_of_a_journey_in_order():
    """A journey is land, prefetch, pay, approve, come back."""
    assert list(RequestName) == ["land", "prefetch", "make_payment", "approve", "callback"]
