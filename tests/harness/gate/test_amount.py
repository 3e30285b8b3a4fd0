"""Laws of amounts."""

import pytest
from hypothesis import given, strategies as st

from harness.errors import ConfigurationError
from harness.gate.amount import (
    Amount,
    Unit,
    decimals_for,
    format_count,
    format_seconds,
    parse_amount,
)

AMOUNTS = st.builds(
    Amount,
    st.floats(min_value=0, max_value=1e9, allow_nan=False),
    st.sampled_from(list(Unit)),
)


@given(AMOUNTS)
def test_written_amount_is_read_again(amount):
    """What messages and files show is what a person could have typed."""
    assert parse_amount(str(amount)) == amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3s", 3.0),
        (" 200 ms ", 0.2),
        ("1.5e3us", 0.0015),
        ("7µs", 7e-6),
        ("7μs", 7e-6),
        ("2%", 0.02),
        (".5s", 0.5),
        ("2", 2.0),
    ],
)
def test_amounts_mean_seconds_shares_or_counts(text, value):
    """A unit says what the number is in."""
    assert parse_amount(text).value == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'' is not a number"),
        ("three seconds", "'three seconds' is not a number such as 3s"),
        ("3 min", "'min' is not a unit; there are s, ms and us"),
        ("٣s", "'٣s' is not a number"),
        ("NaN s", "nothing is less than it"),
        ("-1ms", "'-1ms' is not a number"),
    ],
)
def test_what_is_no_amount_is_named(text, said):
    """The message repeats what was written and says what would be right."""
    with pytest.raises(ConfigurationError) as caught:
        parse_amount(text)
    assert said in str(caught.value)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    """Nobody gets a traceback for a typing error."""
    try:
        amount = parse_amount(text)
    except ConfigurationError:
        return
    assert amount.number >= 0


@pytest.mark.parametrize(
    ("duration_s", "shown"),
    [(3.2, "3.2 s"), (2.0352, "2.0352 s"), (0.1053, "105.3 ms"), (0.0001, "0.1 ms"), (0.0, "0 ms")],
)
def test_times_are_shown_to_the_microsecond(duration_s, shown):
    """A slowdown of a tenth of a millisecond can be seen in both numbers."""
    assert format_seconds(duration_s) == shown


@given(
    st.floats(min_value=0, max_value=3600),
    st.floats(min_value=0, max_value=3600),
)
def test_times_two_microseconds_apart_never_look_alike(one_s, other_s):
    """However few digits are enough for each of them."""
    both = (one_s, other_s)
    shown = {format_seconds(s, decimals=decimals_for(s, beside_s=both)) for s in both}
    assert len(shown) == 2 or abs(one_s - other_s) < 2e-6


@pytest.mark.parametrize(
    ("duration_s", "beside_s", "decimals"),
    [(9.449632, (9.449632, 3.0), 2), (21.8785, (), 1), (2.0352, (2.0352, 2.035), 5), (0.0, (), 0)],
)
def test_three_digits_are_enough_where_nothing_is_near(duration_s, beside_s, decimals):
    """A person reads no more of them."""
    assert decimals_for(duration_s, beside_s=beside_s) == decimals


def test_counts_are_shown_as_they_are():
    """2.0 calls are 2, and 10 stays 10."""
    assert [format_count(c) for c in (2.0, 2.125, 10.0)] == ["2", "2.125", "10"]
