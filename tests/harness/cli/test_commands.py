"""Laws of the group of all commands."""

from click.testing import CliRunner

from harness import __version__
from harness.cli import main


def test_version_is_told():
    """--version names the program and its version."""
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert result.stdout == f"bkash-bench, version {__version__}\n"


def test_help_lists_every_command_with_examples():
    """The overview shows all commands, how they are used, and what exit statuses mean."""
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for word in ("compare", "report", "serve", "variants", "Examples:", "Exit status:"):
        assert word in result.stdout


def test_every_command_can_be_imported():
    """A command that is offered exists."""
    for name in main.list_commands(None):
        assert main.get_command(None, name).name == name
