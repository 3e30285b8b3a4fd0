"""Laws of when a share counts as nothing."""

import pytest

from harness.rundata import Measure, ShareRecord
from reports.attribution.finding import (
    CLAIMED_S,
    claimed_words,
    find,
    findings,
    had_trouble,
    matters,
    share_of,
    total_of,
)


@pytest.mark.parametrize(
    ("saved", "low", "high", "counts"),
    [
        (1.0, 0.9, 1.1, True),
        (-1.0, -1.1, -0.9, True),
        (1.0, -0.1, 2.0, False),
        (0.0005, 0.0004, 0.0006, False),
        (1.0, None, None, True),
        (0.0, 0.0, 0.0, False),
    ],
    ids=["sure", "sure loss", "0 inside", "under a millisecond", "no interval", "nothing"],
)
def test_what_counts(saved, low, high, counts):
    """A whole interval beside 0, and a millisecond at least."""
    assert matters(ShareRecord("prefetch", saved, low, high, 0.0, 0.0)) is counts


def test_claims_are_the_guides():
    """Six, in milliseconds on screen; nothing for what the guide does not list."""
    assert CLAIMED_S["token_cache"] == 0.5
    assert claimed_words("prefetch") == "~1000 ms"
    assert claimed_words("late_attach") == ""


def test_findings_are_by_traffic_and_by_optimization(six):
    """The same shares, looked at from both sides."""
    found = find(six, "prefetch")
    assert [finding.traffic.name for finding in found] == ["quiet", "normal", "flaky"]
    assert all(finding.share.optimization == "prefetch" for finding in found)
    assert [f.share.optimization for f in findings(six, six.traffic[0])] == [*six.optimizations]
    assert found[0].counts
    assert not found[0].alone_counts
    assert not found[1].counts


def test_trouble_is_where_somebody_failed(six):
    """Under any set."""
    assert [had_trouble(traffic) for traffic in six.traffic] == [False, False, True]


def test_totals_are_the_sums_of_shares(six):
    """What all save together."""
    measure = six.traffic[0].measures[Measure.TIME_MEAN]
    assert total_of(measure) == pytest.approx(sum(share.saved for share in measure.shares))


def test_what_was_not_measured_has_no_share(six, make_record):
    """p99 of few shoppers does not exist."""
    assert share_of(six.traffic[0], Measure.TIME_P99, 0) is not None
    few = make_record(kinds=("normal",), shoppers=60)
    assert share_of(few.traffic[0], Measure.TIME_P99, 0) is None
