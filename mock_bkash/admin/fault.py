"""What the admin API answers where it cannot do as asked: JSON with a word and a sentence."""

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mock_bkash.admin.shape import Problem

__all__ = ["answer_fault", "json_response"]

_WORDS = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
}


def json_response(content: object, status: int = 200) -> Response:
    """Return a JSON answer that no cache keeps."""
    return Response(
        msgspec.json.encode(content),
        status_code=status,
        media_type="application/json",
        headers={"cache-control": "no-store"},
    )


async def answer_fault(request: Request, fault: Exception) -> Response:
    """Turn Starlette's HTTP exceptions into the API's own form."""
    assert isinstance(fault, HTTPException), "registered for HTTPException only"
    word = _WORDS.get(fault.status_code, "error")
    problem: Problem = {"error": word, "message": fault.detail}
    return json_response(problem, fault.status_code)
