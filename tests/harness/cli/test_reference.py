"""Laws of the commands' reference."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from harness.cli.commands import main as bkash_bench
from harness.cli.reference import write_reference
from mock_bkash.cli import main as mock_bkash

ROOT = Path(__file__).parents[3]


def test_the_page_is_what_the_commands_say_of_themselves():
    """No option is missing from the documentation, and none stands there that is gone.

    Written as `make docs` does it, in a process of its own: click remembers for the rest of a
    process by which names a command was first asked for help.
    """
    written = subprocess.run(
        [sys.executable, "-m", "harness.cli.reference"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    page = (ROOT / "docs" / "commands.md").read_text()
    assert page == written.stdout, "docs/commands.md is out of date: make docs"


def test_every_command_has_a_section():
    """Both programs, and the commands of each, can be found by name."""
    page = write_reference()
    for command in ("bkash-bench compare", "bkash-bench serve", "mock-bkash serve"):
        assert f"\n## `{command}`\n" in page


def leaves(command: click.Command, name: str) -> list[str]:
    if not isinstance(command, click.Group):
        return [name]
    subs = command.commands.items()
    return [leaf for sub_name, sub in subs for leaf in leaves(sub, f"{name} {sub_name}")]


@pytest.mark.parametrize(
    "command", [*leaves(bkash_bench, "bkash-bench"), *leaves(mock_bkash, "mock-bkash")]
)
def test_the_readme_lists_every_command_once(command: str):
    """Who looks for what there is finds it, and no two rows to choose between."""
    rows = re.findall(r"^\| `([^`]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    named = [" ".join(w for w in row.split() if w[0] != "-" and w.islower()) for row in rows]
    assert named.count(command) == 1
