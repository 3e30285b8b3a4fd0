"""Who asks for a token."""

from typing import Any

import msgspec
import pytest

from mock_bkash.operation.login import Login, LoginWire, read_login
from mock_bkash.operation.work import Answer, Inbound
from mock_bkash.wire.tokenized import read_credentials, write_refusal, write_unrecognized

WIRE = LoginWire(read_credentials, lambda pair: b"", write_refusal, write_unrecognized)
HEADERS = {b"username": b"u", b"password": b"p"}


def inbound(body: Any, headers: dict[bytes, bytes] = HEADERS) -> Inbound:
    return Inbound(headers, msgspec.json.encode(body))


@pytest.mark.parametrize(
    ("request_", "code", "words"),
    [
        (Inbound(HEADERS, b"{"), "400", "Invalid request body"),
        (inbound({"app_key": 3, "app_secret": "s"}), "400", "Invalid request body"),
        (inbound({"app_secret": "s"}), "2065", "Mendatory field missing"),
        (inbound({"app_key": "k"}), "2065", "Mendatory field missing"),
        (inbound({"app_key": "", "app_secret": "s"}), "2001", "Invalid App Key"),
        (inbound({"app_key": "k" * 256, "app_secret": "s"}), "2001", "Invalid App Key"),
        (inbound({"app_key": "k", "app_secret": "s"}, {}), "9999", "Username does not exist"),
        (
            inbound({"app_key": "k", "app_secret": "s"}, {b"username": b"u"}),
            "9999",
            "Invalid or unrecognized access credentials",
        ),
    ],
)
def test_who_cannot_be_made_out_is_told_why(request_: Inbound, code: str, words: str):
    """As far as recordings show it, in bKash's words."""
    answer = read_login(request_, WIRE)
    assert isinstance(answer, Answer)
    assert answer.code == code
    assert words.encode() in answer.body


def test_header_values_may_be_any_bytes():
    """Latin-1 reads them all."""
    login = read_login(
        inbound({"app_key": "k", "app_secret": "s"}, {**HEADERS, b"username": b"\xff"}), WIRE
    )
    assert isinstance(login, Login)
    assert login.credentials.username == "ÿ"
