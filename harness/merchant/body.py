"""Request bodies: read with a limit, understood strictly, believed as little as possible."""

from typing import Annotated, Any
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request

from harness.merchant.rejection import Reason, Rejection
from harness.merchant.wish import Wish

__all__ = ["MAX_BODY_BYTES", "is_form", "read_wish"]

MAX_BODY_BYTES = 64 * 1024
"""A make-payment request has about 200 bytes."""

_MAX_FORM_FIELDS = 50

# Ids may be numbers or, as HTML forms send them, digits. SQLite's integers end at 2**63.
_Id = (
    Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
    | Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,18}\Z")]
)


class _MakePayment(msgspec.Struct):
    """The fields that are believed; amount, email, name, phone and any other are not looked at."""

    user_id: _Id
    course_id: _Id


_JSON = msgspec.json.Decoder(_MakePayment)


def is_form(request: Request) -> bool:
    """Tell whether the body comes from a page's form, without JavaScript."""
    content_type = request.headers.get("content-type", "")
    return content_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"


async def read_wish(request: Request) -> Wish:
    """Read what a make-payment request asks for, JSON or form.

    Raises:
        Rejection: the body is too large, malformed, or has a field of a wrong type.
    """
    body = await _read(request)
    try:
        asked = msgspec.convert(_fields(body), _MakePayment) if is_form(request) else _decode(body)
    except msgspec.ValidationError as error:
        raise Rejection(Reason.INVALID_FIELD, f"{error}.") from error
    return Wish(user_id=int(asked.user_id), course_id=int(asked.course_id))


async def _read(request: Request) -> bytes:
    declared = request.headers.get("content-length", "")
    # Only to refuse early: the count below holds whatever was declared.
    if declared.isdecimal() and (len(declared) > 9 or int(declared) > MAX_BODY_BYTES):
        raise _too_large()
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise _too_large()
    return bytes(body)


def _too_large() -> Rejection:
    return Rejection(Reason.BODY_TOO_LARGE, f"A body has at most {MAX_BODY_BYTES} bytes.")


def _decode(body: bytes) -> _MakePayment:
    try:
        return _JSON.decode(body)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Rejection(Reason.MALFORMED_BODY, f"The body is not JSON: {error}.") from error


def _fields(body: bytes) -> dict[str, Any]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"), strict_parsing=True, max_num_fields=_MAX_FORM_FIELDS
        )
    except ValueError as error:
        raise Rejection(Reason.MALFORMED_BODY, f"The body is not a form: {error}.") from error
    return dict(pairs)
