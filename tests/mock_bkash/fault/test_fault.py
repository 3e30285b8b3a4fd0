"""One fault."""

import pytest

from mock_bkash.fault import Fault, Kind, Moment


@pytest.mark.parametrize(
    ("kind", "moment", "label"),
    [
        (Kind.RESET, Moment.AFTER, "reset after"),
        (Kind.RESET, Moment.BEFORE, "reset before"),
        (Kind.DRIBBLE, Moment.AFTER, "dribble"),
        (Kind.HALF_SENT, Moment.BEFORE, "half_sent"),
    ],
)
def test_a_label_tells_the_moment_where_there_are_two(kind: Kind, moment: Moment, label: str):
    """As journals and reports show it."""
    assert Fault(kind=kind, moment=moment).label == label


@pytest.mark.parametrize(
    ("kind", "moment", "spares"),
    [
        (Kind.STATUS, Moment.BEFORE, True),
        (Kind.STATUS, Moment.AFTER, False),
        (Kind.DELAY, Moment.BEFORE, False),
        (Kind.DELAY, Moment.AFTER, False),
    ],
)
def test_before_means_that_nothing_was_done(kind: Kind, moment: Moment, spares: bool):
    """But for a delay, which only puts it off."""
    assert Fault(kind=kind, moment=moment, status=503).spares is spares
