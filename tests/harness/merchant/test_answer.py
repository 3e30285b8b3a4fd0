"""Laws of answers: the guide's shape for programs, a page for people."""

import pytest
from starlette.requests import Request

from harness.merchant.answer import Refuser, answer_json
from harness.merchant.pages import Pages, load_assets
from harness.merchant.rejection import Reason, Rejection


def test_a_json_answer_repeats_its_status():
    """As the guide's do; what is not there is left out."""
    assert answer_json(200, "ok").body == b'{"statusCode":200,"statusMessage":"ok"}'
    answer = answer_json(202, "later", data={"a": 1}, more={"b": 2})
    assert answer.body == b'{"statusCode":202,"statusMessage":"later","b":2,"data":{"a":1}}'
    assert answer.status_code == 202
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html,application/xhtml+xml;q=0.9", "text/html; charset=utf-8"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        (None, "application/json"),
    ],
)
def test_a_refusal_is_said_in_the_askers_language(accept: str | None, media_type: str):
    """Browsers name HTML, programs do not."""
    headers = [] if accept is None else [(b"accept", accept.encode())]
    refuser = Refuser(Pages(load_assets(), prefetches=False))
    rejection = Rejection(Reason.UNKNOWN_COURSE, "There is <no> such course.")
    response = refuser.refuse(Request({"type": "http", "headers": headers}), rejection)
    assert response.status_code == 404
    assert response.headers["content-type"] == media_type
    assert (b"<no>" in response.body) == (media_type == "application/json")
