"""The options that say what the mock is like, wherever it runs."""

import click
import pytest

from mock_bkash import ApproveMode, MockConfig
from mock_bkash.serve_options import parse_config


def test_no_options_are_the_defaults():
    """Those of the command are those of the configuration."""
    assert parse_config([]) == MockConfig()


def test_options_are_those_of_the_command_line():
    """In its order: the last word counts."""
    options = ["--approve", "page", "--approve", "auto", "--faults", "outage;ttl_s=5"]
    config = parse_config([*options, "--token-limit", "enforce", "--admin-token", "s3cret"])
    assert config.approve is ApproveMode.AUTO
    assert [plan.name for plan in config.faults] == ["outage"]
    assert (config.token_limit, config.admin_token) == ("enforce", "s3cret")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--colour"], "No such option"),
        (["--port", "1"], "No such option"),
        (["--profile", "quick"], "--profile: unknown profile 'quick'"),
        (["--time-scale", "0"], "--time-scale must be a finite number above 0"),
        (["--faults", "resett"], "--faults: fault: must be one of"),
    ],
)
def test_what_cannot_be_is_refused(options: list[str], words: str):
    """Where it is served is none of its business."""
    with pytest.raises(click.UsageError) as refused:
        parse_config(options)
    assert words in refused.value.format_message()
