"""Laws of limits."""

import pytest

from harness.gate.amount import Amount, Unit, parse_amount
from harness.gate.limit import Ceiling, Growth, Limit


@pytest.mark.parametrize(
    ("value", "strict", "inclusive"),
    [
        (2.999999999, True, True),
        (3.0, False, True),
        (3.0000000004, False, True),
        (3.001, False, False),
    ],
)
def test_ceiling_is_judged_to_the_nanosecond(value, strict, inclusive):
    """Less than is not less or equal; what floating point adds beyond a nanosecond is nothing."""
    bound = parse_amount("3s")
    assert Ceiling(bound, inclusive=False).allows(value) is strict
    assert Ceiling(bound, inclusive=True).allows(value) is inclusive


def test_of_two_growths_the_larger_counts():
    """5 % of a long stage, 20 ms of a short one."""
    growth = Growth((Amount(5.0, Unit.PERCENT), Amount(20.0, Unit.MILLISECOND)))
    assert growth.room(2.0) == pytest.approx(0.1)
    assert growth.room(0.1) == pytest.approx(0.02)


def test_limit_says_where_it_was_written():
    """A ready limit is named as it was typed, another one in its own grammar."""
    ceiling = Ceiling(parse_amount("3s"), inclusive=False)
    limit = Limit("make_payment", "p95", ceiling, ("a", "b"), origin="x.toml line 3")
    assert limit.place == "x.toml line 3 'a, b: p95 make_payment < 3s'"
    assert not limit.is_relative
    ready = Limit("make_payment", "p95", ceiling, ("a",), ready="guide")
    assert ready.place == "'a: guide'"
    assert str(Limit("errors", None, Growth((Amount(1.0, Unit.NONE),)))) == "errors +1"
