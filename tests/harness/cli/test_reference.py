"""Laws of the commands' reference."""

from pathlib import Path

from harness.cli.reference import write_reference

PAGE = Path(__file__).parents[3] / "docs" / "commands.md"


def test_the_page_is_what_the_commands_say_of_themselves():
    """No option is missing from the documentation, and none stands there that is gone."""
    assert PAGE.read_text() == write_reference(), "docs/commands.md is out of date: make docs"


def test_every_command_has_a_section():
    """Both programs, and the commands of each, can be found by name."""
    page = write_reference()
    for command in ("bkash-bench compare", "bkash-bench serve", "mock-bkash serve"):
        assert f"\n## `{command}`\n" in page
