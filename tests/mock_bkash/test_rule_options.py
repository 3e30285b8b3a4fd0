"""The options that choose how rules are read."""

import click
import pytest
from click.testing import CliRunner

from mock_bkash import MockConfig
from mock_bkash.choice import CallbackForm, Quirk, TokenLimit
from mock_bkash.rule_options import read_rules, rule_options


def parse(*arguments: str) -> MockConfig:
    configs: list[MockConfig] = []

    @click.command()
    @rule_options
    def command(**rules: object) -> None:
        configs.append(MockConfig(**read_rules(rules)))

    done = CliRunner().invoke(command, arguments, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return configs[0]


def test_the_defaults_are_those_of_the_configuration():
    """Whoever starts the mock from Python gets the same one."""
    chosen, default = parse(), MockConfig()
    for name in ("token_limit", "duplicate_window_s", "not_approved_code", "callback_form"):
        assert getattr(chosen, name) == getattr(default, name)
    assert (chosen.quirks, chosen.kept_payments) == (default.quirks, default.kept_payments)


def test_every_rule_can_be_chosen():
    """By its name."""
    config = parse(
        *("--token-limit", "enforce", "--duplicate-window", "120", "--not-approved-code", "2060"),
        *("--callback-form", "2020", "--quirk", "no-search", "--quirk", "payer-fields"),
        *("--keep-payments", "7"),
    )
    assert config.token_limit is TokenLimit.ENFORCE
    assert config.duplicate_window_s == 120
    assert config.not_approved_code == "2060"
    assert config.callback_form is CallbackForm.EXECUTE
    assert config.quirks == {Quirk.NO_SEARCH, Quirk.PAYER_FIELDS}
    assert config.kept_payments == 7


@pytest.mark.parametrize("window", ["nan", "-1", "inf"])
def test_a_window_that_is_none_is_refused(window: str):
    """With the option's name."""
    with pytest.raises(click.UsageError, match="--duplicate-window must be a finite number"):
        parse("--duplicate-window", window)
