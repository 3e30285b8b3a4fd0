"""Laws of the commands' reference."""

import subprocess
import sys
from pathlib import Path

from harness.cli.reference import write_reference

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
