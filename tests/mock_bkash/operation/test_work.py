"""What passes between gateway and operation."""

import json

import pytest

from mock_bkash.operation.work import (
    MALFORMED,
    NO_ROUTE,
    TOO_LARGE,
    UNAUTHORIZED,
    Answer,
    refusal,
    refuse_at_once,
)


@pytest.mark.parametrize(
    ("answer", "status", "message"),
    [
        (MALFORMED, 400, "Invalid request body"),
        (UNAUTHORIZED, 401, "Unauthorized"),
        (NO_ROUTE, 403, "Missing Authentication Token"),
        (TOO_LARGE, 413, "Request Too Long"),
    ],
)
def test_the_gateways_dialect_is_one_message(answer: Answer, status: int, message: str):
    """Not bKash's statusCode: the API gateway in front of it answers."""
    assert json.loads(answer.body) == {"message": message}
    assert (answer.status, answer.code, answer.success) == (status, str(status), False)


def test_a_refusal_is_http_200():
    """With bKash's code in it."""
    assert (refusal("2056").status, refusal("2056").code, refusal("2056").success) == (
        200,
        "2056",
        False,
    )


def test_what_is_refused_at_once_takes_no_time():
    """The gateway in front does not ask bKash."""
    work = refuse_at_once(UNAUTHORIZED, None)
    assert not work.delayed
    assert work.act() is UNAUTHORIZED
