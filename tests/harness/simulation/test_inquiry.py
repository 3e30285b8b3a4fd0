"""Laws of questions that nobody travels for."""

import asyncio

import pytest

from harness.errors import InvalidRunError
from harness.simulation import run_virtual
from harness.simulation.inquiry import inquire


async def show(scope, receive, send) -> None:
    body = (await receive())["body"]
    seen = f"{scope['method']} {scope['path']}?{scope['query_string'].decode()} {body.decode()}"
    status = 500 if scope["path"] == "/broken" else 200
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": seen.encode()})


def test_a_question_takes_no_virtual_time():
    """Counting and auditing is no part of the run."""

    async def ask() -> tuple[bytes, float]:
        answer = await inquire(show, "POST", "/count?of=all", body=b"{}")
        return answer, asyncio.get_running_loop().time()

    assert run_virtual(ask()) == (b"POST /count?of=all {}", 0.0)


def test_an_error_for_an_answer_ends_the_run():
    """What cannot be counted must not be guessed."""
    with pytest.raises(InvalidRunError, match="GET /broken was answered by 500"):
        run_virtual(inquire(show, "GET", "/broken"))
