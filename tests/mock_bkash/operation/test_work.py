"""What passes between gateway and operation."""

import json

import pytest

from mock_bkash.operation.work import (
    MALFORMED,
    NO_ROUTE,
    TIMED_OUT,
    TOO_LARGE,
    TOO_MANY,
    UNAUTHORIZED,
    Answer,
    refuse_at_once,
)


@pytest.mark.parametrize(
    ("answer", "status", "message"),
    [
        (MALFORMED, 400, "Invalid request body"),
        (UNAUTHORIZED, 401, "Unauthorized"),
        (NO_ROUTE, 403, "Missing Authentication Token"),
        (TOO_LARGE, 413, "Request Too Long"),
        (TOO_MANY, 429, "Too Many Requests"),
        (TIMED_OUT, 504, "Endpoint request timed out"),
    ],
)
def test_the_gateways_dialect_is_one_message(answer: Answer, status: int, message: str):
    """Not bKash's statusCode: the API gateway in front of it answers."""
    assert json.loads(answer.body) == {"message": message}
    assert (answer.status, answer.code, answer.success) == (status, str(status), False)


def test_what_is_refused_at_once_takes_no_time():
    """The gateway in front does not ask bKash."""
    work = refuse_at_once(UNAUTHORIZED, None)
    assert not work.delayed
    assert work.act() is UNAUTHORIZED
