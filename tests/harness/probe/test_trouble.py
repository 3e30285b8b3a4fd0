"""What went wrong with a request."""

from dataclasses import replace

import pytest

from harness.load import Answer, Exchange, Outcome, Reading, Request, load_target
from harness.probe.trouble import describe_trouble
from harness.rundata import RequestName

TARGET = replace(load_target("merchant"), lines={"land": 3, "redirect_url": 6})
JSON = b'{"data": {"url": "http://x/", "id": 3}, "ok": true}'
UNREAD = Reading(Outcome.PROTOCOL, "the answer has no data.bkashURL to go to")
HTML = b"<!doctype html>\n<html><head>\n<title>Page not found</title></head><h1>Oh</h1>"


def told(name: str, answer: Answer, reading: Reading) -> str:
    url = "http://127.0.0.1:8000/baskett"
    request = Request(
        RequestName(name), "GET", url, {}, None, 0.0, False, "", lambda answer: reading
    )
    exchange = Exchange.of(request, answer, intended_ns=0, start_ns=0, end_ns=1)
    return describe_trouble(exchange, TARGET)


@pytest.mark.parametrize(
    ("body", "error", "line"),
    [
        (HTML, "HTTP 404", "Page not found"),
        (b"<p>\n<b>No basket.</b>\nTry again.", "HTTP 404", "No basket"),
        (b'{"detail": "Not Found"}', "HTTP 404: Not Found", "Not Found"),
        (b"\n  no such page\nat all", "HTTP 404", "no such page"),
    ],
    ids=["title", "page", "json", "text"],
)
def test_a_refusal_says_what_was_asked_and_what_came(body, error, line):
    """Method, address, status, the first line that a person reads, the field and its line."""
    assert told("land", Answer(404, {}, body), Reading(Outcome.REFUSED, error)) == (
        f"land: GET http://127.0.0.1:8000/baskett answered 404: {line}; target field land, line 3"
    )


def test_a_failing_shop_is_not_the_targets_fault():
    """A 500 names no field."""
    failed = told("land", Answer(500), Reading("http_500", "HTTP 500"))
    assert failed == "land: GET http://127.0.0.1:8000/baskett answered 500"


def test_what_was_bought_before_is_not_the_targets_fault():
    """409 says that the shop understood."""
    assert "field" not in told("land", Answer(409), Reading(Outcome.REFUSED, "HTTP 409"))


@pytest.mark.parametrize(
    ("answer", "has"),
    [
        (Answer(200, {}, JSON), "HTTP 200 with JSON of data.url, data.id, ok; "),
        (Answer(302, {"location": "/pay"}), "HTTP 302 with Location: /pay; redirect_url = "),
        (Answer(200, {}, HTML), "HTTP 200 that reads “Page not found”; "),
        (Answer(204), "HTTP 204 without a text; "),
    ],
    ids=["json", "redirect", "page", "nothing"],
)
def test_an_answer_that_the_target_misses_is_shown(answer, has):
    """So that the right pointer suggests itself."""
    assert f"to go to; it is {has}" in told("make_payment", answer, UNREAD)
    assert told("make_payment", answer, UNREAD).endswith("target field redirect_url, line 6")


def test_a_field_that_the_file_leaves_out_has_no_line():
    """Its default is meant."""
    unpaid = told("callback", Answer(303), Reading(Outcome.NOT_PAID, "query:status says 'no'"))
    assert unpaid == "callback: query:status says 'no'; target field paid"


def test_words_about_a_failure_end_without_a_full_stop():
    """They become part of a sentence that has one of its own."""
    lost = told("make_payment", Answer(), Reading(Outcome.CONNECTION, "Try again.."))
    assert lost == "make_payment: Try again"


def test_long_lines_are_cut():
    """A minified page is one line."""
    refused = told("land", Answer(404, {}, b"x" * 5000), Reading(Outcome.REFUSED, "HTTP 404"))
    assert len(refused) < 300
