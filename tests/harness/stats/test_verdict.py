"""Verdicts by interval and margin."""

import pytest
from hypothesis import given, strategies as st

from harness.stats import Interval, Verdict, effect_level, judge


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-0.65, -0.63, Verdict.IMPROVED),
        (0.02, 0.05, Verdict.REGRESSED),
        (-0.004, 0.003, Verdict.SAME),
        (-0.01, 0.01, Verdict.SAME),
        (-0.02, 0.01, Verdict.INCONCLUSIVE),
        (-0.015, -0.005, Verdict.INCONCLUSIVE),
        (0.005, 0.015, Verdict.INCONCLUSIVE),
        (-0.2, 0.3, Verdict.INCONCLUSIVE),
    ],
    ids=[
        "surely less",
        "surely more",
        "surely no matter",
        "on the margin",
        "perhaps less",
        "less but perhaps no matter",
        "more but perhaps no matter",
        "anything",
    ],
)
def test_verdict_follows_the_whole_interval(low: float, high: float, verdict: Verdict) -> None:
    """A verdict needs the whole interval on its side of the margin."""
    assert judge(Interval(low, high)) is verdict


def test_no_interval_is_inconclusive() -> None:
    """Who cannot say how sure they are does not judge."""
    assert judge(None) is Verdict.INCONCLUSIVE


@given(st.floats(-0.99, 5.0), st.floats(0.0, 1.0), st.floats(0.001, 0.5))
def test_verdict_turns_with_the_sign(low: float, width: float, margin: float) -> None:
    """What is improved in one direction is regressed in the other."""
    opposite = {Verdict.IMPROVED: Verdict.REGRESSED, Verdict.REGRESSED: Verdict.IMPROVED}
    verdict = judge(Interval(low, low + width), margin=margin)
    mirrored = judge(Interval(-low - width, -low), margin=margin)
    assert mirrored is opposite.get(verdict, verdict)


@pytest.mark.parametrize(
    ("change", "level"),
    [(None, 0), (0.0, 0), (0.009, 0), (-0.01, 1), (0.05, 2), (-0.2, 3), (-0.64, 4), (3.0, 4)],
)
def test_shading_grows_with_size_and_ignores_sign(change: float | None, level: int) -> None:
    """A cell tells how much, its figure tells which way."""
    assert effect_level(change) == level
