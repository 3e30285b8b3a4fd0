"""Request bodies: read with a limit, understood strictly, believed as little as possible."""

import re
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request

from harness.merchant.rejection import Reason, Rejection
from harness.merchant.wish import Wish

__all__ = ["MAX_BODY_BYTES", "Submission", "read_submission"]

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

_PLACE = re.compile(r"`\$\.(\w+)`")
"""How msgspec names the field that it complains about."""


@dataclass(frozen=True, slots=True)
class Submission:
    """Hold what was read of a make-payment request.

    Attributes:
        wish: what is asked for.
        by_form: whether a page's form sent it, without JavaScript; the answer is a redirect then.
    """

    wish: Wish
    by_form: bool


async def read_submission(request: Request) -> Submission:
    """Read what a make-payment request asks for, JSON or form.

    Raises:
        Rejection: the body is too large, malformed, or has a field of a wrong type.
    """
    body = await _read(request)
    by_form = _says_form(request) and not body.lstrip().startswith(b"{")
    try:
        asked = msgspec.convert(_fields(body), _MakePayment) if by_form else _decode(body)
    except msgspec.ValidationError as error:
        raise Rejection(Reason.INVALID_FIELD, _sentence(error)) from error
    wish = Wish(user_id=int(asked.user_id), course_id=int(asked.course_id))
    return Submission(wish, by_form=by_form)


def _sentence(error: msgspec.ValidationError) -> str:
    place = _PLACE.search(str(error))
    if place is None:
        return f"{error}."
    return f"{place[1]} must be a whole number above 0, or its digits as text."


def _says_form(request: Request) -> bool:
    # curl says so of any body that it is not told about; whatever begins like JSON is JSON.
    content_type = request.headers.get("content-type", "")
    return content_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"


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
        raise Rejection(Reason.MALFORMED_BODY, "The body is not a form.") from error
    names = [name for name, _ in pairs]
    for name in _MakePayment.__struct_fields__:
        if names.count(name) > 1:
            # Which of them was meant, nobody knows: a shopper is not charged for a guess.
            raise Rejection(Reason.INVALID_FIELD, f"{name} stands in the form more than once.")
    return dict(pairs)
