"""Laws of the command lines."""

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from harness.cli.compare.command_lines import merchant_commands, mock_command
from harness.cli.compare.contestants import gather_contestants
from harness.cli.serve import serve_command
from harness.lab import MerchantSite
from mock_bkash.cli import main as mock_main

SITE = MerchantSite(gateway_url="http://127.0.0.1:8700/v1.2.0-beta", database=Path("/x/db"))


def test_mock_gets_what_was_asked_for(settings):
    """Profile, seed, scale, port and token lifetime reach the mock, which approves by itself."""
    command = mock_command(replace(settings, mock_port=8700, time_scale=0.1, seed=7))
    line = " ".join(command.argv[1:])
    assert line == (
        "-m mock_bkash serve --port 8700 --profile constant --seed 7 --time-scale 0.1"
        " --token-lifetime 20.0 --approve auto"
    )


def test_mock_is_not_locked_by_somebodys_environment(settings):
    """An admin token in the environment would keep the lab out of its own mock."""
    assert mock_command(settings).environment == {"MOCK_BKASH_ADMIN_TOKEN": ""}


def test_merchant_gets_its_variant_site_and_key(settings):
    """Each merchant is told its variant, gateway, database and app key, and picks a free port."""
    gathered = gather_contestants(settings)
    command = merchant_commands(settings)(gathered.records[1], SITE)
    assert command.name == "merchant cached"
    assert " ".join(command.argv[1:]) == (
        "-m harness.cli serve --variant cached --gateway http://127.0.0.1:8700/v1.2.0-beta"
        " --app-key bench-cached --port 0 --database /x/db --profile constant --seed 1"
        " --time-scale 1.0"
    )


def test_variants_file_is_passed_on(settings):
    """A merchant of the user's own variant must find its definition."""
    gathered = gather_contestants(settings)
    with_file = replace(settings, variants_file=Path("/x/mine.toml"))
    argv = merchant_commands(with_file)(gathered.records[0], SITE).argv
    assert argv[argv.index("--variants-file") + 1] == "/x/mine.toml"


def test_every_option_that_is_passed_exists(settings):
    """What the lab says, mock and merchant understand."""
    gathered = gather_contestants(settings)
    merchant = merchant_commands(replace(settings, variants_file=Path("x")))
    for argv, command in (
        (mock_command(settings).argv, mock_main.commands["serve"]),
        (merchant(gathered.records[0], SITE).argv, serve_command),
    ):
        help_text = CliRunner().invoke(command, ["--help"]).stdout
        assert all(word in help_text for word in argv if word.startswith("--"))
