"""Laws of money."""

import pytest
from hypothesis import given, strategies as st

from harness.money import MAX_AMOUNT_POISHA, format_taka, parse_taka


@pytest.mark.parametrize(
    ("text", "amount_poisha"),
    [
        pytest.param("1", 100, id="taka"),
        pytest.param("0.01", 1, id="one-poisha"),
        pytest.param("10.10", 1010, id="two-decimals"),
        pytest.param("10.1", 1010, id="one-decimal"),
        pytest.param("007", 700, id="leading-zeros"),
    ],
)
def test_taka_are_read_exactly(text: str, amount_poisha: int):
    """No amount passes through a binary fraction."""
    assert parse_taka(text) == amount_poisha


@pytest.mark.parametrize(
    "text",
    ["", "10.999", "1e2", "-1", "+1", "NaN", "inf", "1,000", " 1", "1 ", "1.", ".5", "٣", "1" * 13],
)
def test_what_is_not_a_plain_decimal_is_refused(text: str):
    """Exponents, signs, spaces, other digits and a third decimal are errors, never guesses."""
    with pytest.raises(ValueError, match="plain decimal"):
        parse_taka(text)


def test_negative_amount_has_no_form():
    """Nothing negative goes out on the wire."""
    with pytest.raises(ValueError, match="negative"):
        format_taka(-1)


@given(st.integers(min_value=0, max_value=MAX_AMOUNT_POISHA))
def test_round_trip_is_exact(amount_poisha: int):
    """What is written is what is read, for every amount the wire can carry."""
    assert parse_taka(format_taka(amount_poisha)) == amount_poisha
