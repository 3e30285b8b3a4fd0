"""Laws of text that came from outside."""

from hypothesis import given, strategies as st

from harness.client.text import Secrets, is_header_safe, printable


@given(st.text())
def test_header_safe_text_has_no_control_no_space_and_no_foreign_character(text: str):
    """Nothing that passes can end a header line."""
    if is_header_safe(text, max_chars=100):
        assert 1 <= len(text) <= 100
        assert all("!" <= c <= "~" for c in text)


def test_text_of_the_longest_length_is_safe_and_one_more_is_not():
    """The limit is inclusive."""
    assert is_header_safe("x" * 5, max_chars=5)
    assert not is_header_safe("x" * 6, max_chars=5)


@given(st.text(), st.integers(0, 50))
def test_printable_text_is_one_bounded_line(text: str, max_chars: int):
    """A gateway's message cannot break a log line or flood it."""
    shown = printable(text, max_chars=max_chars)
    assert len(shown) <= max_chars
    assert shown.isprintable()


def test_secrets_are_cut_out_before_the_text_is_shortened():
    """Half a token at the end of the line would still be half a token."""
    text = "'tokentoken' not a valid key=value pair"
    assert printable(text, max_chars=8, secrets=Secrets(("tokentoken", ""))) == "'***' no"


def test_secrets_do_not_show_themselves():
    """A crash reporter that lists local variables shows how many there were."""
    assert repr(Secrets(("canary", "canary"))) == "Secrets(2)"
