"""Laws of durations as people write them."""

import click
import pytest

from harness.cli.duration import DURATION, TOKEN_LIFE


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90.0), ("90s", 90.0), ("2m", 120.0), ("24h", 86_400.0), ("1.5 h", 5_400.0), (60, 60.0)],
)
def test_a_duration_is_seconds_or_has_a_unit(text: object, seconds: float):
    """People say 24h; scripts and TOML say numbers."""
    assert DURATION.convert(text, None, None) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "h", "1w", "-1h", "nan", "1e9h", "0", "inf", "31d", True, "1h2m", "5x", 1e9, []],
)
def test_what_is_no_duration_is_refused(text: object):
    """Negative, zero, absurd and misspelt alike."""
    with pytest.raises(click.BadParameter, match=r"from 0\.1 s to 30 days, such as 90s, 2m, 24h"):
        DURATION.convert(text, None, None)


@pytest.mark.parametrize("text", ["0.1s", "59", "59s", "nan", "-1h"])
def test_a_token_that_hardly_lives_is_refused(text: str):
    """A study of weeks would ask for a million of them."""
    with pytest.raises(click.BadParameter, match="60"):
        TOKEN_LIFE.convert(text, None, None)
    assert TOKEN_LIFE.convert("1m", None, None) == 60.0
