"""Fixtures for any project's tests: a bKash to pay at, on a socket, in the process, behind respx.

pytest loads this file in every project where the mock is installed, so it imports nothing until a
fixture is used. Each test gets an app key of its own, hence its own state, faults, counts and time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from mock_bkash.config import MockConfig
    from mock_bkash.testing import AppMock, LiveMock, LiveServer, MockBkash, RoutedMock, SideLoop

MARKER = "mock_bkash"

Mock = TypeVar("Mock", bound="MockBkash")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        f"{MARKER}(*options): what the mock of this test is like, by the options of"
        " `mock-bkash serve`; they come after those of the fixture mock_bkash_options",
    )


@pytest.fixture(scope="session")
def mock_bkash_options() -> tuple[str, ...]:
    """Options of `mock-bkash serve` for every test; define it in your conftest.py to change them.

    With the default one there are no delays, and shoppers have to approve.
    """
    return ("--profile", "fast")


@pytest.fixture
def mock_bkash(
    request: pytest.FixtureRequest,
    mock_bkash_options: tuple[str, ...],
    _mock_bkash_servers: Callable[[tuple[str, ...]], LiveServer],
) -> Iterator[LiveMock]:
    """A mock on a port of this machine, in a process of its own that tests share."""
    from mock_bkash.testing import LiveMock

    server = _mock_bkash_servers(_chosen(request, mock_bkash_options))
    yield from _in_hands(LiveMock(server))


@pytest.fixture
def mock_bkash_app(
    request: pytest.FixtureRequest,
    mock_bkash_options: tuple[str, ...],
    _mock_bkash_side_loop: SideLoop,
) -> Iterator[AppMock]:
    """A mock as an ASGI app of this test's own, for `httpx.ASGITransport` or its `transport`."""
    from mock_bkash.testing import AppMock

    config = _config(_chosen(request, mock_bkash_options))
    yield from _in_hands(AppMock(config, side_loop=_mock_bkash_side_loop))


@pytest.fixture
def mock_bkash_router(
    request: pytest.FixtureRequest,
    mock_bkash_options: tuple[str, ...],
    _mock_bkash_side_loop: SideLoop,
) -> Iterator[RoutedMock]:
    """A mock that answers whatever is sent to bKash's own addresses by httpx; needs respx."""
    from mock_bkash.testing import RoutedMock

    config = _config(_chosen(request, mock_bkash_options))
    mock = RoutedMock(config, side_loop=_mock_bkash_side_loop)
    with mock.router:
        yield from _in_hands(mock)


@pytest.fixture(scope="session")
def _mock_bkash_servers() -> Iterator[Callable[[tuple[str, ...]], LiveServer]]:
    from mock_bkash.testing import LiveServer

    started: dict[tuple[str, ...], LiveServer] = {}
    with contextlib.ExitStack() as running:

        def server(options: tuple[str, ...]) -> LiveServer:
            if options not in started:
                started[options] = running.enter_context(LiveServer(options))
            return started[options]

        yield server


@pytest.fixture
def _mock_bkash_side_loop() -> Iterator[SideLoop]:
    from mock_bkash.testing import SideLoop

    side_loop = SideLoop()
    yield side_loop
    side_loop.stop()


def _chosen(request: pytest.FixtureRequest, options: tuple[str, ...]) -> tuple[str, ...]:
    # The marker nearest to the test comes last, so that its word counts.
    markers = reversed(list(request.node.iter_markers(MARKER)))
    return (*options, *(str(option) for marker in markers for option in marker.args))


def _config(options: tuple[str, ...]) -> MockConfig:
    import click

    from mock_bkash.serve_options import parse_config

    try:
        return parse_config(options)
    except click.ClickException as error:
        raise pytest.UsageError(f"options of the mock: {error.format_message()}") from error


def _in_hands(mock: Mock) -> Iterator[Mock]:
    yield mock
    idle = mock.idle_faults()
    mock.reset()
    if idle:
        pytest.fail(
            f"the fault plan {', '.join(idle)} never fired, so this test proves nothing about it;"
            " inject(…, must_fire=False) if that is meant",
            pytrace=False,
        )
