"""Laws of rates and ranges as people write them."""

import click
import pytest
from hypothesis import given, strategies as st

from harness.cli.rate import RANGE, RATE, TypedRange, parse_rate


@pytest.mark.parametrize(
    ("text", "rate_per_s"),
    [
        ("60/h", 1 / 60),
        ("20/min", 1 / 3),
        ("20/m", 1 / 3),
        ("4/s", 4),
        ("4", 4),
        (" 2 / h ", 1 / 1800),
    ],
)
def test_a_rate_has_its_unit(text, rate_per_s):
    """A number without one is per second."""
    assert parse_rate(text) == pytest.approx(rate_per_s)
    assert RATE.convert(text, None, None) == pytest.approx(rate_per_s)


@pytest.mark.parametrize(
    "text", ["", "0/h", "-2/h", "nan/h", "inf", "1e9/s", "2/fortnight", "h", "2/", "2//h", "1e-9"]
)
def test_what_is_no_rate_is_refused(text):
    """Negative, zero, NaN, absurd, and units that nobody knows."""
    assert parse_rate(text) is None
    with pytest.raises(click.BadParameter, match="60/h"):
        RATE.convert(text, None, None)


def test_a_range_is_two_ends():
    """What they mean depends on what is varied."""
    assert RANGE.convert("0.25..2", None, None).numbers() == (0.25, 2.0)
    assert RANGE.convert(" 2/h .. 60/h ", None, None).rates() == pytest.approx((2 / 3600, 1 / 60))
    assert str(TypedRange("2/h", "60/h")) == "2/h..60/h"
    kept = TypedRange("1", "2")
    assert RANGE.convert(kept, None, None) is kept


@pytest.mark.parametrize("text", ["", "1", "..", "1..", "..2", "1..2..3", "1-2"])
def test_what_has_not_two_ends_is_refused(text):
    """With an example."""
    with pytest.raises(click.BadParameter, match=r"0\.25\.\.2"):
        RANGE.convert(text, None, None)


@pytest.mark.parametrize("text", ["2..1", "1..1", "nan..2", "1..inf", "a..b", "-inf..inf"])
def test_ends_that_do_not_ascend_are_no_numbers(text):
    """Nor are NaN and infinity."""
    assert RANGE.convert(text, None, None).numbers() is None


@pytest.mark.parametrize("text", ["60/h..2/h", "0/h..2/h", "a..b"])
def test_ends_that_do_not_ascend_are_no_rates(text):
    """The same for rates."""
    assert RANGE.convert(text, None, None).rates() is None


@given(st.text(max_size=12))
def test_any_text_is_a_rate_or_none(text):
    """Nothing else is raised."""
    rate_per_s = parse_rate(text)
    assert rate_per_s is None or 0 < rate_per_s <= 1000
