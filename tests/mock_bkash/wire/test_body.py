"""What all dialects share in reading."""

import pytest
from msgspec import Raw, Struct

from mock_bkash.wire import MalformedBody, amount_text, body_reader


class Body(Struct):
    field: str = ""


def test_a_reader_reads_its_kind_or_says_that_it_cannot():
    """One error for all that can be wrong."""
    read = body_reader(Body)
    assert read(b'{"field":"x","other":1}').field == "x"
    with pytest.raises(MalformedBody):
        read(b'{"field":1}')


@pytest.mark.parametrize(
    ("written", "text"),
    [(b"", None), (b"null", None), (b"1.50", "1.50"), (b"-1", "-1"), (b'"1,5"', "1,5")],
)
def test_an_amount_is_the_text_that_was_written(written: bytes, text: str | None):
    """Whether it is one, the rules say."""
    assert amount_text(Raw(written)) == text


@pytest.mark.parametrize("written", [b"{}", b"[]", b"true", b'"\xff"'])
def test_what_cannot_be_an_amount_is_malformed(written: bytes):
    """The schema check in front of bKash stops it."""
    with pytest.raises(MalformedBody):
        amount_text(Raw(written))
