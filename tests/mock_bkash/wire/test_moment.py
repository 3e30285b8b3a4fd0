"""Times on the wire."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, strategies as st

from mock_bkash.wire import format_local_second, format_second, format_time

# 2019-09-03 16:55:37.813 UTC
MOMENT_MS = 1567529737813


def test_times_have_a_colon_before_the_milliseconds():
    """Which is why `new Date()` cannot read them."""
    assert format_time(MOMENT_MS) == "2019-09-03T22:55:37:813 GMT+0600"
    assert format_time(0) == "1970-01-01T06:00:00:000 GMT+0600"


@given(st.integers(min_value=0, max_value=253_402_200_000))
def test_times_are_those_of_dhaka(epoch_s: int):
    """To the second, as the calendar of the standard library has them."""
    dhaka = timezone(timedelta(hours=6))
    expected = datetime.fromtimestamp(epoch_s, UTC).astimezone(dhaka)
    assert format_second(epoch_s * 1000) == f"{expected:%Y-%m-%dT%H:%M:%S}:000 GMT+0600"


def test_search_and_refunds_round_down_to_the_second():
    """Refund v2 leaves out the offset as well."""
    assert format_second(MOMENT_MS) == "2019-09-03T22:55:37:000 GMT+0600"
    assert format_local_second(MOMENT_MS) == "2019-09-03T22:55:37:000"
