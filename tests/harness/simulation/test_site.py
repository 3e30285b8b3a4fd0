"""Laws of a server in the virtual network."""

import asyncio
import math
from typing import Any

import pytest

from harness.simulation import ServiceTime, Site, run_virtual
from harness.stages import current_timeline


def scope(path: str = "/") -> dict[str, Any]:
    return {"type": "http", "method": "GET", "path": path, "headers": []}


async def echo(scope, receive, send) -> None:
    message = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"y")]})
    await send({"type": "http.response.body", "body": message["body"], "more_body": True})
    await send({"type": "http.response.body", "body": b"!"})


@pytest.mark.parametrize(
    ("slots", "service_s", "words"),
    [(0, 0.1, "slots"), (1, -0.1, "service_s"), (1, math.nan, "service_s")],
)
def test_what_is_no_server_is_refused(slots: int, service_s: float, words: str):
    """The message names the value."""
    with pytest.raises(ValueError, match=words):
        ServiceTime(slots, service_s)


def test_an_answer_comes_as_the_application_gave_it():
    """Status, headers, and the body in one piece."""
    answer = run_virtual(Site(echo).serve(scope(), b"ping"))
    assert (answer.status, answer.headers, answer.body) == (200, [(b"x", b"y")], b"ping!")


def test_an_answer_does_not_wait_for_what_the_application_does_afterwards():
    """Background work after the last byte is nobody's response time."""

    async def linger(scope, receive, send) -> None:
        await echo(scope, receive, send)
        await asyncio.sleep(100)

    async def ask() -> float:
        site = Site(linger)
        await site.serve(scope(), b"")
        at_s = asyncio.get_running_loop().time()
        await site.close()
        return at_s

    assert run_virtual(ask()) == 0


def test_a_client_that_leaves_does_not_stop_the_application():
    """Over a socket the request goes on: what it commits is committed."""

    async def ask() -> tuple[list[str], float]:
        done: list[str] = []

        async def commit(scope, receive, send) -> None:
            await asyncio.sleep(5)
            done.append("committed")

        site = Site(commit)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await site.serve(scope(), b"")
        await asyncio.sleep(10)
        return done, site.requests

    assert run_virtual(ask()) == (["committed"], 1)


def test_an_application_that_listens_hears_that_its_client_left():
    """`http.disconnect`, at the instant of leaving."""

    async def ask() -> tuple[str, float]:
        heard: list[tuple[str, float]] = []

        async def listen(scope, receive, send) -> None:
            await receive()
            message = await receive()
            heard.append((message["type"], asyncio.get_running_loop().time()))

        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.5):
                await Site(listen).serve(scope(), b"")
        await asyncio.sleep(0)
        return heard[0]

    assert run_virtual(ask()) == ("http.disconnect", 1.5)


@pytest.mark.parametrize("fails", [True, False])
def test_an_application_that_fails_or_says_nothing_answers_500(fails: bool):
    """As a server does; and the error is remembered, for the run's notes."""

    async def mute(scope, receive, send) -> None:
        if fails:
            raise KeyError("till")

    site = Site(mute)
    answer = run_virtual(site.serve(scope(), b""))
    assert answer.status == 500
    assert dict(site.failures) == ({"KeyError: 'till'": 1} if fails else {})


def test_nothing_of_the_clients_context_reaches_the_application():
    """Over a socket there is no timeline of the caller's to write stages into."""

    async def ask() -> Any:
        seen: list[Any] = []

        async def look(scope, receive, send) -> None:
            seen.append(current_timeline.get())
            await echo(scope, receive, send)

        current_timeline.set("the client's")  # type: ignore[arg-type]
        await Site(look).serve(scope(), b"")
        return seen[0]

    assert run_virtual(ask()) is None


def test_the_processor_serves_as_many_at_once_as_it_has_workers():
    """Five requests of 1 s at two workers end at 1, 1, 2, 2 and 3 s."""

    async def ask() -> list[float]:
        site = Site(echo, service=ServiceTime(slots=2, service_s=1.0))

        async def one() -> float:
            await site.serve(scope(), b"")
            return asyncio.get_running_loop().time()

        return list(await asyncio.gather(*(one() for _ in range(5))))

    assert run_virtual(ask()) == [1.0, 1.0, 2.0, 2.0, 3.0]


def test_waiting_for_others_keeps_no_worker_busy():
    """A merchant that waits for bKash serves other shoppers meanwhile."""

    async def ask() -> list[float]:
        async def wait(scope, receive, send) -> None:
            await asyncio.sleep(10)
            await echo(scope, receive, send)

        site = Site(wait, service=ServiceTime(slots=1, service_s=1.0))

        async def one() -> float:
            await site.serve(scope(), b"")
            return asyncio.get_running_loop().time()

        return list(await asyncio.gather(one(), one(), one()))

    assert run_virtual(ask()) == [11.0, 12.0, 13.0]
