"""What all tests share: the tools that some of them need, and what is said when one is missing."""

import os
import shutil

import pytest

# Marker → (program, how to get it). A test that bears the marker cannot run without the program.
NEEDED = {"browser": ("chromium", "apt-get install chromium")}

_left_out: dict[str, int] = {}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail on a machine that must have every tool, and leave out by name elsewhere."""
    for marker, (program, remedy) in NEEDED.items():
        if item.get_closest_marker(marker) is None or shutil.which(program) is not None:
            continue
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is missing ({remedy}) and CI=true demands it", pytrace=False)
        _left_out[marker] = _left_out.get(marker, 0) + 1
        pytest.skip(f"{program} is missing: {remedy}")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in the last line what had to be left out."""
    for marker, count in _left_out.items():
        program, remedy = NEEDED[marker]
        print(f"Left out: {count} {marker} tests, because {program} is missing ({remedy}).")  # noqa: T201
