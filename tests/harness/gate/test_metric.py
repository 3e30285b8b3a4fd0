"""Laws of metrics."""

from harness.gate.metric import COUNTS, EACH_STAGE, known_metrics, statistics_of
from harness.stages import Stage


def test_every_stage_is_a_metric():
    """Whatever our own merchant times can be limited."""
    assert {*Stage} <= {*known_metrics()}
    assert len(known_metrics()) == len({*known_metrics()})


def test_counts_have_no_quantiles():
    """Everything else has, the overhead fewer."""
    assert all(statistics_of(count) == () for count in COUNTS)
    assert statistics_of("overhead") == ("p50", "p95")
    assert statistics_of(EACH_STAGE) == ("mean", "p50", "p90", "p95", "p99", "max")
