"""Taka on the wire, poisha inside."""

import pytest
from hypothesis import given, strategies as st

from mock_bkash.money import parse_taka


@given(poisha=st.integers(0, 10**14 - 1))
def test_every_amount_survives_the_wire(poisha: int):
    """Written with two decimals and read back, no poisha is lost."""
    assert parse_taka(f"{poisha // 100}.{poisha % 100:02d}") == poisha


@pytest.mark.parametrize(
    ("text", "poisha"), [("1", 100), ("0.01", 1), ("10.1", 1010), ("10.10", 1010), ("007", 700)]
)
def test_plain_decimals_are_read(text: str, poisha: int):
    """Up to two decimals, none needed."""
    assert parse_taka(text) == poisha


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "+1",
        "1e2",
        "10.999",
        "1.",
        ".5",
        "1,000",
        " 1",
        "1 ",
        "NaN",
        "inf",
        "1_0",
        "٣",
        "1" * 13,
        "0x10",
        "1.0.0",
        "1\n",
    ],
)
def test_anything_else_is_no_amount(text: str):
    """No rounding, no guessing."""
    assert parse_taka(text) is None
