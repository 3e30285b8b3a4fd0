"""Laws of a sample."""

from dataclasses import fields

from harness.rundata import COLUMNS, RequestName, Sample


def test_columns_are_the_attributes_in_order():
    """The file's header and the code cannot drift apart."""
    assert tuple(field.name for field in fields(Sample)) == COLUMNS


def test_requests_are_those_of_a_journey_in_order():
    """A journey is land, prefetch, pay, approve, come back."""
    assert list(RequestName) == ["land", "prefetch", "make_payment", "approve", "callback"]
