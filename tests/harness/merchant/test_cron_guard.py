"""Laws of the guard: the secret opens, everything else looks alike."""

import pytest
from starlette.requests import Request

from harness.merchant.cron_guard import CronGuard
from harness.merchant.rejection import Rejection


def ask(guard: CronGuard, *, query: str = "", authorization: str | None = None) -> str:
    headers = [] if authorization is None else [(b"authorization", authorization.encode("latin-1"))]
    try:
        guard.check(Request({"type": "http", "headers": headers, "query_string": query.encode()}))
    except Rejection as rejection:
        return f"{rejection.reason}: {rejection.message}"
    return "open"


def test_the_secret_opens_by_header_or_query():
    """The guide's way, and the better one."""
    guard = CronGuard("sésame 1")
    assert ask(guard, query="secret=s%C3%A9same%201") == "open"
    assert ask(CronGuard("abc"), authorization="Bearer abc") == "open"
    assert ask(CronGuard("abc"), authorization="bearer  abc ") == "open"


@pytest.mark.parametrize("secret", [None, ""])
def test_without_a_secret_nobody_gets_in(secret: str | None):
    """Not even with an empty one."""
    assert ask(CronGuard(secret)) != "open"
    assert ask(CronGuard(secret), query="secret=") != "open"
    assert ask(CronGuard(secret), query="secret=None") != "open"


def test_all_refusals_look_alike():
    """Closed, missing, wrong, longer: nothing is told apart, nothing is repeated."""
    guard = CronGuard("abc")
    refusals = {
        ask(CronGuard(None)),
        ask(guard),
        ask(guard, query="secret=abd"),
        ask(guard, query="secret=abcabcabc"),
        ask(guard, query="secret=%FF%FE"),
        ask(guard, authorization="Bearer"),
        ask(guard, authorization="Basic abc"),
        ask(guard, authorization="Bearer ÿ"),
        ask(guard, query="secret=abc", authorization="Bearer wrong"),
    }
    assert len(refusals) == 1
    assert min(refusals).startswith("forbidden: ")
    assert "abc" not in refusals.pop()
