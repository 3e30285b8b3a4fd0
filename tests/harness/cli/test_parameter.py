"""Laws of the types of options."""

import click
import pytest

from harness.cli.parameter import NAMES, Quantity, Share

RATE = Quantity("payments per second", most=1000, least=0.01)


@pytest.mark.parametrize("text", ["4", "0.5", 4, 0.01, "1e3"])
def test_quantity_takes_finite_numbers_in_its_range(text):
    """What a person types, or TOML holds, comes out as a float."""
    assert RATE.convert(text, None, None) == float(text)


@pytest.mark.parametrize(
    "text", ["nan", "inf", "-1", "0", "1001", "four", "", True, None, [4], "0.001"]
)
def test_quantity_refuses_what_cannot_be_meant(text):
    """NaN, infinity, zero, negative and absurd values fail with the range in words."""
    with pytest.raises(click.BadParameter, match=r"payments per second from 0\.01 to 1000"):
        RATE.convert(text, None, None)


@pytest.mark.parametrize("value", ["a,b", ["a", "b"], ("a", "b"), " a , b "])
def test_names_come_from_text_or_list(value):
    """The command line has commas, TOML has lists."""
    assert NAMES.convert(value, None, None) == ("a", "b")


@pytest.mark.parametrize("value", ["", "a,,b", ",", [], [1], 7, ["a", ""], "a,b,a"])
def test_names_refuse_gaps_and_repeats(value):
    """An empty or repeated name is a slip of the hand."""
    with pytest.raises(click.BadParameter):
        NAMES.convert(value, None, None)


@pytest.mark.parametrize("text", ["0", 0, "0.25", 0.5, "5e-1"])
def test_share_takes_nothing_and_up_to_its_limit(text):
    """Unlike a quantity it may be zero."""
    assert Share(most=0.5).convert(text, None, None) == float(text)


@pytest.mark.parametrize("text", ["nan", "inf", "-0.1", "0.51", "some", "", True, None])
def test_share_refuses_what_cannot_be_meant(text):
    """NaN slips through a comparison of ranges that is written the other way round."""
    with pytest.raises(click.BadParameter, match=r"is not a share from 0 to 0\.5"):
        Share(most=0.5).convert(text, None, None)
