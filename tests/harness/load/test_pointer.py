"""Pointers: where a value stands in an answer."""

import pytest

from harness.load.pointer import Pointer, Source

BODY = b'{"data": {"bkashURL": "http://b", "n": 5, "list": [{"id": "x"}], "yes": true}, "s": ""}'
HEADERS = {"location": "/result?ref=1&status=success", "x-id": "7"}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        pytest.param("data.bkashURL", "http://b", id="path"),
        pytest.param("json:data.bkashURL", "http://b", id="path, said in full"),
        pytest.param("data.n", "5", id="number as text"),
        pytest.param("data.list.0.id", "x", id="item of a list"),
        pytest.param("data.list.1.id", None, id="past the end of a list"),
        pytest.param("data.list.id", None, id="name into a list"),
        pytest.param("data", None, id="table is no value"),
        pytest.param("data.yes", None, id="truth is no value"),
        pytest.param("data.missing", None, id="missing"),
        pytest.param("data.bkashURL.deeper", None, id="through a text"),
        pytest.param("s", "", id="empty text"),
        pytest.param("header:Location", "/result?ref=1&status=success", id="header"),
        pytest.param("header:X-ID", "7", id="header in any case"),
        pytest.param("header:Other", None, id="missing header"),
        pytest.param("query:status", "success", id="query of Location"),
        pytest.param("query:other", None, id="missing in query"),
    ],
)
def test_pointer_finds_what_it_names(pointer: str, value: str | None) -> None:
    """A pointer names a field of the body, a header, or a parameter of the Location."""
    assert Pointer.parse(pointer).find(HEADERS, BODY) == value


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b'{"data":', b"[" * 100_000])
def test_unreadable_body_has_nothing(body: bytes) -> None:
    """Garbage, however deep, is not an exception."""
    assert Pointer(Source.JSON, "data.bkashURL").find({}, body) is None


def test_answer_without_location_has_no_query() -> None:
    """Without a Location there is no parameter to find."""
    assert Pointer(Source.QUERY, "status").find({}, b"") is None


@pytest.mark.parametrize("text", ["", "header:", "cookie:x", "data..url", ".data"])
def test_pointer_to_nowhere_is_refused(text: str) -> None:
    """The message shows what a pointer looks like."""
    with pytest.raises(ValueError, match="points nowhere"):
        Pointer.parse(text)


@pytest.mark.parametrize("text", ["data.bkashURL", "header:Location", "query:status"])
def test_pointer_prints_as_it_was_written(text: str) -> None:
    """Messages name a pointer in the words of the target."""
    assert str(Pointer.parse(text)) == text
