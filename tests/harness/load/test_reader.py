"""Readers: what an answer means. Their use in a journey is tested with the journey."""

import pytest

from harness.load import Answer, Boundary, Outcome, load_target
from harness.load.reader import Reader, payment_id_in

READER = Reader(load_target("merchant"), Boundary())


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b'{"statusCode":409,"statusMessage":"Already enrolled"}', "HTTP 409: Already enrolled"),
        (b'{"message":"no"}', "HTTP 409: no"),
        (b'{"error":{"code":"x","message":"deep"}}', "HTTP 409: deep"),
        (b'{"error":"flat"}', "HTTP 409: flat"),
        (b'{"detail":"fast"}', "HTTP 409: fast"),
        (b"<html>token=secret", "HTTP 409"),
        (b"", "HTTP 409"),
    ],
)
def test_complaint_is_the_shops_own_sentence(body: bytes, error: str) -> None:
    """The error says what the shop's message field says, and never a body as it is."""
    reading = READER.make_payment("http://127.0.0.1/", Answer(409, {}, body))
    assert (reading.outcome, reading.error) == ("refused", error)


@pytest.mark.parametrize("code", ["200", "0000", "201", '"success"'])
def test_good_status_code_in_the_body_is_no_refusal(code: str) -> None:
    """bKash's 0000 and the guide's 200 are both fine."""
    code = code if code.startswith('"') else f'"{code}"'
    body = f'{{"statusCode":{code},"data":{{"bkashURL":"http://127.0.0.1/b"}}}}'
    reading = READER.make_payment("http://127.0.0.1/", Answer(200, {}, body.encode()))
    assert reading.ok
    assert reading.url == "http://127.0.0.1/b"


def test_failure_of_the_driver_is_kept_as_it_is() -> None:
    """A timeout is a timeout whatever was asked."""
    answer = Answer(failure=Outcome.TIMEOUT, error="no whole answer within 5 s")
    for reading in (
        READER.land("http://127.0.0.1/", answer),
        READER.prefetch(answer),
        READER.make_payment("http://127.0.0.1/", answer),
        READER.approve("http://127.0.0.1/", answer),
        READER.callback(answer),
    ):
        assert (reading.outcome, reading.error) == ("timeout", "no whole answer within 5 s")


@pytest.mark.parametrize(
    ("url", "payment_id"),
    [
        ("http://s/?paymentID=TR1&status=x", "TR1"),
        ("http://s/?paymentId=a", "a"),
        ("http://s/", ""),
    ],
)
def test_callback_url_tells_the_payment(url: str, payment_id: str) -> None:
    """bKash joins its id in either spelling."""
    assert payment_id_in(url) == payment_id
