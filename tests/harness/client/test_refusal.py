"""Laws of the ways in which bKash says no."""

import json

import httpx
import pytest

from harness.client.exchange import Answer
from harness.client.refusal import SETTLED_CODES, TOKEN_CODES, UNCLEAR_CODES, read_reply
from harness.client.text import Secrets
from harness.errors import GatewayProtocolError, OutcomeUnknown, Refused


def answer(status: int, body: object) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, httpx.Headers(), raw)


def refused(status: int, body: object) -> Refused:
    with pytest.raises(Refused) as caught:
        read_reply(answer(status, body), phase="execute_payment", payment_id="TR1")
    return caught.value


@pytest.mark.parametrize("status", [200, 201])
def test_only_0000_under_2xx_is_success(status: int):
    """Both must say so."""
    reply = read_reply(
        answer(status, {"statusCode": "0000", "paymentID": "TR1"}), phase="create_payment"
    )
    assert reply.payment_id == "TR1"


def test_http_200_with_a_code_is_a_refusal_with_bkashs_words():
    """bKash's business errors come with HTTP 200."""
    error = refused(200, {"statusCode": "2023", "statusMessage": "Insufficient Balance"})
    assert (error.status_code, error.status_message) == ("2023", "Insufficient Balance")
    assert (error.http_status, error.phase, error.payment_id) == (200, "execute_payment", "TR1")


def test_the_older_names_of_code_and_message_are_understood():
    """`errorCode` is documented for create and execute too."""
    error = refused(200, {"errorCode": "2051", "errorMessage": "Invalid Agreement ID"})
    assert (error.status_code, error.status_message) == ("2051", "Invalid Agreement ID")


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (401, "Unauthorized"),
        (400, "Invalid request body"),
        (403, "Missing Authentication Token"),
        (429, "Too Many Requests"),
    ],
)
def test_the_gateways_own_dialect_is_a_refusal_with_its_http_status(status: int, message: str):
    """The gateway in front of bKash knows no status codes."""
    error = refused(status, {"message": message})
    assert (error.status_code, error.status_message) == (str(status), message)
    assert error.http_status == status


@pytest.mark.parametrize("body", [b"<html>", b"", {"statusCode": "0000"}, {"statusCode": ""}])
def test_a_4xx_is_a_refusal_whatever_its_body(body: object):
    """An unreadable body, or one that says "successful", does not make it less of one."""
    assert refused(404, body).status_code == "404"


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_after_a_5xx_nobody_knows(status: int):
    """Whoever sent it lost sight of bKash; that is no refusal, whatever the body says."""
    with pytest.raises(OutcomeUnknown, match=str(status)):
        read_reply(answer(status, {"statusCode": "2023"}), phase="execute_payment")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>"),
        (200, b""),
        (200, {"message": "Endpoint request timed out"}),
        (200, {"paymentID": "TR1"}),
        (200, {"statusCode": ""}),
        (302, {"statusCode": "0000"}),
        (304, b""),
        (100, {"statusCode": "2023"}),
    ],
    ids=str,
)
def test_an_answer_without_a_code_is_not_guessed_at(status: int, body: object):
    """Redirects, HTML, truncated JSON: unreadable."""
    with pytest.raises(GatewayProtocolError, match="no answer of bKash"):
        read_reply(answer(status, body), phase="execute_payment")


def test_a_refusal_without_words_still_says_its_code():
    """The message is never empty."""
    assert refused(200, {"statusCode": "2062"}).status_message == "no message"


def test_s8_a_gateway_that_quotes_the_token_is_not_quoted():
    """AWS answers a malformed header with the header's own value."""
    body = {"message": "'canary-token' not a valid key=value pair in Authorization header"}
    with pytest.raises(Refused) as caught:
        read_reply(answer(403, body), phase="create_payment", secrets=Secrets(("canary-token",)))
    assert "canary" not in str(caught.value)
    assert "canary" not in caught.value.status_message


def test_a_message_is_one_bounded_line():
    """A gateway cannot forge a log line or flood a page."""
    message = refused(200, {"statusCode": "2003\n" * 9, "statusMessage": "a\r\nb" * 500})
    assert len(message.status_message) == 255
    assert message.status_message.isprintable()
    assert len(message.status_code) == 16


def test_no_code_means_two_things():
    """Settled, unclear and token codes call for different acts."""
    assert not SETTLED_CODES & UNCLEAR_CODES
    assert not TOKEN_CODES & (SETTLED_CODES | UNCLEAR_CODES)
