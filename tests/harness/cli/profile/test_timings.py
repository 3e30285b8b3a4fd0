"""Laws of believing a time."""

import pytest

from harness.cli.profile.timings import MAX_SECONDS, check_seconds
from harness.errors import ConfigurationError


@pytest.mark.parametrize(
    ("text", "per_second", "seconds"),
    [("1.25", 1, 1.25), (" 0.000001 ", 1, 1e-6), ("600", 1, 600), ("1250", 1000, 1.25)],
)
def test_a_time_is_read_in_its_unit(text, per_second, seconds):
    """Seconds come out, whatever went in."""
    assert check_seconds(text, where="f:1", per_second=per_second) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["0", "-1", "NaN", "inf", "-inf", "601", "1e300", "", "x", "1,5"])
def test_what_no_operation_takes_is_refused_with_its_line(text):
    """Zero, negative, NaN, infinity, ten minutes, and what is no number."""
    with pytest.raises(ConfigurationError, match=r"f\.csv:7"):
        check_seconds(text, where="f.csv:7")


def test_milliseconds_taken_for_seconds_are_guessed():
    """The commonest mistake has its own hint, and only where it can be one."""
    with pytest.raises(ConfigurationError, match="milliseconds"):
        check_seconds(str(MAX_SECONDS + 400), where="f:1")
    with pytest.raises(ConfigurationError) as caught:
        check_seconds("-3", where="f:1")
    assert "milliseconds" not in str(caught.value)
