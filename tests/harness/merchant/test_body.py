"""Laws of bodies: two ids are read, strictly; all else is refused or not looked at."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st
from starlette.requests import Request

from harness.merchant.body import MAX_BODY_BYTES, Submission, read_submission
from harness.merchant.rejection import Reason, Rejection
from harness.merchant.wish import Wish
from harness.simulation import run_virtual

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def submit(
    body: bytes, content_type: str = JSON, *, length: str | None = None, chunk_bytes: int = 9000
) -> Submission | Reason:
    """Read a body in chunks; return what was read, or why not."""
    chunks = [body[i : i + chunk_bytes] for i in range(0, len(body), chunk_bytes)] or [b""]
    headers = [(b"content-type", content_type.encode())]
    if length is not None:
        headers.append((b"content-length", length.encode()))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    async def main() -> Submission | Reason:
        try:
            return await read_submission(Request({"type": "http", "headers": headers}, receive))
        except Rejection as rejection:
            return rejection.reason

    return run_virtual(main())


@pytest.mark.parametrize(
    ("body", "content_type", "submission"),
    [
        (b'{"user_id": 1, "course_id": 2}', JSON, Submission(Wish(1, 2), by_form=False)),
        (b'{"user_id": "1", "course_id": "02"}', JSON, Submission(Wish(1, 2), by_form=False)),
        (b'{"user_id": 1, "course_id": 2}', "text/plain", Submission(Wish(1, 2), by_form=False)),
        (b' {"user_id": 1, "course_id": 2}', FORM, Submission(Wish(1, 2), by_form=False)),
        (b"user_id=1&course_id=2&amount=5", FORM, Submission(Wish(1, 2), by_form=True)),
        (b"user_id=1&course_id=2", f"{FORM}; charset=UTF-8", Submission(Wish(1, 2), by_form=True)),
        (
            b'{"user_id": 1, "course_id": 2, "amount": {"x": []}, "status": 3, "name": null}',
            JSON,
            Submission(Wish(1, 2), by_form=False),
        ),
    ],
)
def test_what_is_asked_for_is_read(body: bytes, content_type: str, submission: Submission):
    """JSON or form, numbers or digits; other fields are not looked at."""
    assert submit(body, content_type) == submission


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nonsense",
        b'{"user_id": NaN, "course_id": 1}',
        b'{"user_id": 1, "course_id": 2} x',
        b"\xff\xfe",
        b'{"user_id": 1, "course_id": 2, "x": ',
        b'{"user_id": 1, "course_id": 1, "x": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
    ],
    ids=range(8),
)
def test_malformed_json_is_400(body: bytes):
    """Whatever is wrong with it, however deep it is."""
    assert submit(body) is Reason.MALFORMED_BODY


@pytest.mark.parametrize(
    "value",
    [
        *("null", "true", "1.5", "0", "-1", '"0x1"', '"1.0"', '""', '"1\\n"', "[]", "{}"),
        *('"১"', "9223372036854775808", "1e400", '"9999999999999999999"', '"1 OR 1=1"'),
    ],
)
def test_ids_of_wrong_types_are_422(value: str):
    """Or, where no parser would read the number, 400."""
    body = f'{{"user_id": {value}, "course_id": 1}}'.encode()
    assert submit(body) in {Reason.INVALID_FIELD, Reason.MALFORMED_BODY}


@pytest.mark.parametrize(
    "body", [b"{}", b'{"user_id": 1}', b"[]", b"1", b'"x"', b"null", b"[" * 60_000], ids=range(7)
)
def test_missing_ids_are_422(body: bytes):
    """Both are needed, in an object."""
    assert submit(body) is Reason.INVALID_FIELD


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"user_id=1", Reason.INVALID_FIELD),
        (b"user_id=x&course_id=1", Reason.INVALID_FIELD),
        (b"nonsense", Reason.MALFORMED_BODY),
        (b"", Reason.INVALID_FIELD),
        ("user_id=১".encode(), Reason.MALFORMED_BODY),
        (b"&".join(b"a=1" for _ in range(51)), Reason.MALFORMED_BODY),
        (b"user_id=1&user_id=2&course_id=1", Reason.INVALID_FIELD),
        (b"user_id=1&course_id=1&course_id=1", Reason.INVALID_FIELD),
    ],
)
def test_wrong_forms_are_refused_too(body: bytes, reason: Reason):
    """By the same rules."""
    assert submit(body, FORM) is reason


def test_fields_that_are_not_believed_may_stand_twice():
    """Only the ids are looked at."""
    assert submit(b"user_id=1&course_id=2&x=1&x=2", FORM) == Submission(Wish(1, 2), by_form=True)


@pytest.mark.parametrize("value", [b'"1e3"', b"-1", b"{}"])
def test_a_refusal_says_what_an_id_must_be(value: bytes, play: Any):
    """In words; how it is checked is nobody's business."""

    async def story(world: Any) -> httpx.Response:
        body = b'{"user_id": 1, "course_id": %s}' % value
        return await world.browser.post("/api/bkash/make-payment", content=body)

    message = play(story).json()["statusMessage"]
    assert message == "course_id must be a whole number above 0, or its digits as text."


def test_a_body_of_64_kib_is_read_and_one_byte_more_is_not():
    """Whatever its length was said to be."""
    start, end = b'{"user_id": 1, "course_id": 2, "x": "', b'"}'
    body = start + b"x" * (MAX_BODY_BYTES - len(start) - len(end)) + end
    assert submit(body) == Submission(Wish(1, 2), by_form=False)
    assert submit(body + b" ") is Reason.BODY_TOO_LARGE
    assert submit(body + b" ", length="10") is Reason.BODY_TOO_LARGE
    assert submit(body, length=str(MAX_BODY_BYTES)) == Submission(Wish(1, 2), by_form=False)


@pytest.mark.parametrize("length", [str(MAX_BODY_BYTES + 1), "9" * 30])
def test_a_body_that_says_it_is_too_large_is_not_even_read(length: str):
    """Its sender may keep it."""
    assert submit(b"", length=length) is Reason.BODY_TOO_LARGE


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=9))
def test_any_json_is_read_or_refused(value: Any):
    """Nothing that JSON can say raises anything else."""
    body = json.dumps({"user_id": value, "course_id": value}).encode()
    assert isinstance(submit(body), Submission | Reason)


@given(st.binary(max_size=200), st.sampled_from([JSON, FORM]))
def test_any_bytes_are_read_or_refused(body: bytes, content_type: str):
    """Nor do bytes."""
    assert isinstance(submit(body, content_type), Submission | Reason)


@pytest.mark.parametrize(
    ("body", "http_status", "kind"),
    [
        (b"{", 400, "malformed_body"),
        (b'{"user_id": [], "course_id": 1}', 422, "invalid_field"),
        (b" " * (MAX_BODY_BYTES + 1), 413, "body_too_large"),
    ],
)
def test_a_refused_body_has_a_typed_answer_and_leaves_no_trace(
    body: bytes, http_status: int, kind: str, play: Any
):
    """In the guide's shape, with `error.type`."""

    async def story(world: Any) -> httpx.Response:
        response = await world.browser.post("/api/bkash/make-payment", content=body)
        assert world.payments() == []
        return response

    response = play(story)
    assert response.status_code == http_status
    answer = response.json()
    assert answer["statusCode"] == http_status
    assert answer["statusMessage"] == answer["error"]["message"]
    assert answer["error"]["type"] == kind
