"""Laws of checks."""

from harness.gate.check import Check, Outcome
from harness.gate.grammar import parse_limit

(CEILING,) = parse_limit("p95 create_payment < 3s", clock="virtual", why="promised")
(GROWTH,) = parse_limit("p95 each_stage +2%", clock="virtual")
(COUNT,) = parse_limit("errors +1", clock="virtual")


def test_exceeded_limit_names_variant_stage_and_both_numbers():
    """And the reason that its author gave."""
    check = Check(CEILING, "cached", "create_payment", Outcome.EXCEEDED, value=3.25, allowed=3.0)
    assert check.sentence == ("cached: p95 create_payment is 3.25 s; the limit is < 3s (promised)")
    assert check.growth is None
    assert check.name == "p95 create_payment < 3s"


def test_regression_names_variant_stage_and_both_numbers():
    """The stage, though the limit spoke of every stage."""
    check = Check(
        GROWTH,
        "cached",
        "token_lookup",
        Outcome.REGRESSED,
        value=0.205,
        baseline=0.2,
        allowed=0.204,
    )
    assert check.sentence == (
        "cached: p95 token_lookup is 205 ms, 5 ms above the baseline's 200 ms; allowed is +2%"
    )


def test_figures_have_no_more_digits_than_tell_them_apart():
    """Three, where the limit is far; as many as show what is more, where it is near."""
    far = Check(CEILING, "cached", "payment_time", Outcome.EXCEEDED, value=9.449632, allowed=3.0)
    assert "is 9.45 s; the limit is < 3s" in far.sentence
    near = Check(CEILING, "cached", "payment_time", Outcome.EXCEEDED, value=3.0004, allowed=3.0)
    assert "is 3.0004 s; the limit is < 3s" in near.sentence
    least = Check(
        *(GROWTH, "cached", "create_payment", Outcome.REGRESSED),
        value=2.0352371,
        baseline=2.0350172,
        allowed=2.0350172,
    )
    assert "is 2.03524 s, 0.22 ms above the baseline's 2.03502 s" in least.sentence


def test_improvement_and_news_are_said():
    """Below the baseline, or without one."""
    better = Check(COUNT, "cached", "errors", Outcome.PASSED, value=1.0, baseline=3.0, allowed=4.0)
    assert better.sentence == "cached: errors is 1, 2 below the baseline's 3; allowed is +1"
    new = Check(GROWTH, "cached", "query_payment", Outcome.REGRESSED, value=0.5, allowed=0.0)
    assert new.sentence == "cached: p95 query_payment is 500 ms; the baseline has none"


def test_skipped_check_says_why():
    """Silence would look like a pass."""
    check = Check(CEILING, "cached", "create_payment", Outcome.SKIPPED, remark="has none")
    assert check.sentence == "cached: p95 create_payment was not judged (has none) (promised)"
    assert check.show(check.value) == "–"
    assert [o for o in Outcome if o.failed] == [Outcome.EXCEEDED, Outcome.REGRESSED]
