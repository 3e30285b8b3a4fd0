"""Numbers as text."""

import pytest
from hypothesis import given, strategies as st

from harness.stats import Interval
from reports import units


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"), (0, "0"), (0.00001, "0"), (0.0421, "0.0421"), (0.25, "0.250"), (1, "1.00"),
        (7.6689, "7.67"), (9.996, "10.0"), (12.34, "12.3"), (99.96, "100"), (560, "560"),
        (999.6, "1,000"), (28_812, "28,800"), (-2.02, "−2.02"), (1_234_567, "1,230,000"),
    ],
)  # fmt: skip
def test_digits_shows_three_at_most(value: float | None, text: str) -> None:
    """Three significant digits, four decimals at most, a real minus sign."""
    assert units.digits(value) == text


@given(st.floats(1e-3, 1e8))
def test_digits_never_shows_a_fourth(value: float) -> None:
    """Whatever the size, at most three digits are not padding, and the value is near."""
    text = units.digits(value).replace(",", "")
    assert float(text) == pytest.approx(value, rel=0.0051, abs=0.5e-4)
    assert len(text.replace(".", "").strip("0")) <= 3


@pytest.mark.parametrize(("value", "text"), [(0.5, "+0.500"), (-0.5, "−0.500"), (0, "0")])
def test_signed_seconds_carry_their_sign(value: float, text: str) -> None:
    """A change says which way; no change has no sign."""
    assert units.signed_seconds(value) == text


def test_plain_leaves_out_zeros_that_say_nothing() -> None:
    """In a sentence, 2 tokens are not 2.00 tokens."""
    assert [units.plain(v) for v in (2, 0.25, 28_800, 100, None)] == [
        "2", "0.25", "28,800", "100", "–",
    ]  # fmt: skip


def test_durations_have_their_unit() -> None:
    """Seconds with unit, milliseconds by the column's head."""
    assert units.seconds(7.6689) == "7.67 s"
    assert units.seconds(None) == "–"
    assert units.milliseconds(0.0164) == "16.4"
    assert units.milliseconds(None) == "–"
    assert units.milliseconds_range(0.4, 0.412) == "400 to 412"


def test_ranges_name_both_ends() -> None:
    """Changes with signs and "to", durations with a dash."""
    interval = Interval(-2.05, 0.1)
    assert units.seconds_range(interval) == "−2.05 to +0.100"
    assert units.seconds_range(None) == "–"
    assert units.seconds_range_plain(Interval(7.6, 7.73)) == "7.60–7.73"


@pytest.mark.parametrize(
    ("share", "text"),
    [(None, "–"), (-0.643, "−64.3 %"), (0.021, "+2.1 %"), (0.0001, "0 %"), (3.5, "+350 %")],
)
def test_percent_change_has_sign_and_one_decimal(share: float | None, text: str) -> None:
    """Down is minus."""
    assert units.percent_change(share) == text


@pytest.mark.parametrize(
    ("change", "text"), [(-0.643, "64.3 % less"), (0.021, "2.1 % more"), (0.0001, "no change")]
)
def test_percent_less_says_which_way_in_words(change: float, text: str) -> None:
    """For the headline."""
    assert units.percent_less(change) == text


@pytest.mark.parametrize(
    ("interval", "signed", "text"),
    [
        (None, True, "–"),
        (Interval(-0.649, -0.637), True, "−64.9 to −63.7 %"),
        (Interval(-0.649, -0.637), False, "63.7–64.9 %"),
        (Interval(0.02, 0.03), False, "2.0–3.0 %"),
        (Interval(-0.01, 0.02), False, "−1.0 to +2.0 %"),
        (Interval(-0.0001, 0.0002), True, "within ±0.1 %"),
        (Interval(0.0, 0.0), False, "within ±0.1 %"),
    ],
)
def test_percent_range_keeps_order_and_sign(
    interval: Interval | None, signed: bool, text: str
) -> None:
    """Without signs the smaller size comes first; across zero signs cannot be spared."""
    assert units.percent_range(interval, signed=signed) == text


@pytest.mark.parametrize(
    ("created_utc", "text"),
    [
        ("2026-11-23T09:30:00+00:00", "23 Nov 2026"),
        ("2026-01-02T00:00:00Z", "2 Jan 2026"),
        ("yesterday", "yesterday"),
    ],
)
def test_days_are_written_as_people_write_them(created_utc: str, text: str) -> None:
    """Whatever the locale; what is no time stays as it is."""
    assert units.day(created_utc) == text


def test_counts_and_sizes() -> None:
    """Counts are exact, sizes in millions of bytes."""
    assert units.count(1_234_567) == "1,234,567"
    assert units.count(None) == "–"
    assert units.megabytes(72_340_000) == "72.3"
    assert units.megabytes(None) == "–"
    assert units.percent(0.0808) == "8.08 %"
    assert units.percent(None) == "–"
