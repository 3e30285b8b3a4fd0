"""Answers on the wire, in the guide's shape: `{statusCode, statusMessage, data}`."""

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from harness.merchant.pages import Pages
from harness.merchant.rejection import Rejection

__all__ = ["NO_STORE", "Refuser", "answer_json"]

NO_STORE = {"cache-control": "no-store"}

_ENCODER = msgspec.json.Encoder()


def answer_json(
    http_status: int,
    message: str,
    *,
    data: Mapping[str, Any] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """Return a JSON answer; its body repeats the HTTP status, as the guide's does.

    `more` holds further members of the body, beside `data`.
    """
    body: dict[str, Any] = {"statusCode": http_status, "statusMessage": message, **(more or {})}
    if data is not None:
        body["data"] = data
    return Response(
        _ENCODER.encode(body), http_status, headers=NO_STORE, media_type="application/json"
    )


class Refuser:
    """Say no in the language that the asker reads: a page for browsers, JSON for programs."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def refuse(self, request: Request, rejection: Rejection) -> Response:
        """Return the answer to a request that is turned down."""
        if "text/html" in request.headers.get("accept", ""):
            return self._pages.problem(rejection)
        error = {"type": rejection.reason.value, "message": rejection.message}
        return answer_json(rejection.http_status, rejection.message, more={"error": error})
