"""Arguments that the scenario adds to Locust's."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.real_time

DOCUMENT = Path(__file__).parents[2] / "docs/scenarios.md"

PRINT_ARGUMENTS = """
import json
from locust.argument_parser import LocustArgumentParser
from scenarios.arguments import add_arguments
parser = LocustArgumentParser()
add_arguments(parser)
shown = parser.args_included_in_web_ui
print(json.dumps({
    action.option_strings[0]: [action.dest in shown, bool(action.help)]
    for action in parser._actions if action.dest != "help"
}))
"""


@pytest.fixture(scope="module")
def arguments(python: Callable[..., Any]) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = python(PRINT_ARGUMENTS)
    return found


def test_every_argument_is_explained(arguments: dict[str, list[bool]]) -> None:
    """Each has a help text, and a row in docs/scenarios.md; no row is about another."""
    assert all(has_help for _, has_help in arguments.values())
    rows = set(re.findall(r"^\| `(--[a-z-]+)", DOCUMENT.read_text(), re.MULTILINE))
    assert rows == set(arguments)


def test_web_ui_cannot_reach_further_than_the_command_line(
    arguments: dict[str, list[bool]],
) -> None:
    """Hosts to load and folders to write stay out of a form without a password."""
    assert {name for name, (shown, _) in arguments.items() if not shown} == {
        "--allow-remote",
        "--samples",
    }


def test_wrong_value_is_refused_by_locust(locust: Callable[..., Any]) -> None:
    """A rate that is no number is a usage error."""
    ended = locust("--host", "http://127.0.0.1:9", "--arrival-rate", "many")
    assert ended.status == 2
    assert "--arrival-rate" in ended.log
