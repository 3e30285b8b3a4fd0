"""What the mock answers to a test."""

import pytest

from mock_bkash.testing import MockError, Reply


def test_what_was_done_is_read():
    """As JSON."""
    assert Reply(200, {}, b'{"a":1}').json() == {"a": 1}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error":"conflict","message":"it was executed"}', "it was executed"),
        (b"<html>", "the mock answered 409"),
        (b"[]", "the mock answered 409"),
        (b"{}", "the mock answered 409"),
    ],
)
def test_a_refusal_is_an_error_in_the_mocks_words(body: bytes, words: str):
    """A test that asks for the impossible fails with the reason."""
    with pytest.raises(MockError, match=words):
        Reply(409, {}, body).json()
