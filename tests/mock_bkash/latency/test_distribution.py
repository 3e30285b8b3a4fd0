"""A shape with a tail."""

import pytest

from mock_bkash.latency import Constant, Distribution, Tail


def test_the_tail_multiplies_the_share_of_calls_it_says():
    """The second draw decides, whatever the first one was."""
    slow_now_and_then = Distribution(Constant(1.0), Tail(probability=0.01, factor=5))
    assert slow_now_and_then.sample_s(body=0.5, tail=0.009) == 5.0
    assert slow_now_and_then.sample_s(body=0.5, tail=0.01) == 1.0


def test_without_a_tail_only_the_body_counts():
    """A distribution needs no tail."""
    assert Distribution(Constant(1.0)).sample_s(body=0.5, tail=0.0001) == 1.0


def test_the_median_is_that_of_the_body():
    """What the profile file calls the median is what comes back."""
    assert Distribution(Constant(2.0), Tail(probability=0.9, factor=5)).median_s() == 2.0


@pytest.mark.parametrize(
    ("probability", "factor", "field"),
    [
        (-0.1, 5, "probability"),
        (1.1, 5, "probability"),
        (float("nan"), 5, "probability"),
        (0.1, 0.5, "factor"),
        (0.1, float("inf"), "factor"),
        (0.1, float("nan"), "factor"),
    ],
)
def test_an_impossible_tail_is_refused(probability: float, factor: float, field: str):
    """The message names the field."""
    with pytest.raises(ValueError, match=f"^tail.{field}"):
        Tail(probability=probability, factor=factor)


def test_a_distribution_is_written_as_it_is_read():
    """The tail stands inside the operation's table, if there is one."""
    assert Distribution(Constant(1.0)).to_dict() == {"kind": "constant", "value_s": 1.0}
    assert Distribution(Constant(1.0), Tail(0.01, 5)).to_dict()["tail"] == {
        "probability": 0.01,
        "factor": 5,
    }
