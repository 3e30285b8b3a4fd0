"""What the admin API answers where it cannot."""

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from mock_bkash.admin.fault import answer_fault


@pytest.mark.parametrize(
    ("method", "path", "status", "word"),
    [
        ("GET", "/_mock/nothing", 404, "not_found"),
        ("GET", "/_mock/health/", 404, "not_found"),
        ("POST", "/_mock/health", 405, "method_not_allowed"),
        ("GET", "/_mock/reset", 405, "method_not_allowed"),
    ],
)
async def test_wrong_doors_are_told_in_json(shop, method, path, status: int, word: str):
    """A word for programs, a sentence for people."""
    answer = await shop.http.request(method, path)
    assert (answer.status_code, answer.json()["error"]) == (status, word)
    assert answer.json()["message"]


async def test_a_status_without_a_word_has_one_too():
    """No answer is without the two keys."""
    answer = await answer_fault(Request({"type": "http"}), HTTPException(418, "short and stout"))
    assert bytes(answer.body) == b'{"error":"error","message":"short and stout"}'
