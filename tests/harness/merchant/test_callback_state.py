"""Laws of the signed state: what was signed is read back, and nothing else."""

import pytest
from hypothesis import given, strategies as st

from harness.merchant.callback_state import MAX_STATE_CHARS, CallbackState, StateSigner

STATE = CallbackState("P0123456789ABCDEF0123", user_id=1000, course_id=50)


def test_what_was_signed_is_read_back():
    """By anybody with the same secret, in another process."""
    text = StateSigner("secret").sign(STATE)
    assert StateSigner("secret").verify(text) == STATE
    assert len(text) <= MAX_STATE_CHARS
    assert "secret" not in text


@given(st.integers(min_value=0, max_value=60), st.characters(codec="ascii"))
def test_one_changed_character_is_noticed(position: int, character: str):
    """Whichever it is."""
    text = StateSigner("secret").sign(STATE)
    position %= len(text)
    changed = text[:position] + character + text[position + 1 :]
    assert (StateSigner("secret").verify(changed) is None) == (changed != text)


@given(st.text(max_size=200))
def test_any_text_is_refused_without_an_exception(text: str):
    """What comes on a URL is anything."""
    assert StateSigner("secret").verify(text) is None


@pytest.mark.parametrize("text", ["", ".", "...", "a.1.1.", "x" * 10_000, "ক.1.1.x"])
def test_shapes_that_no_state_has_are_refused(text: str):
    """Empty, endless, of other letters."""
    assert StateSigner("secret").verify(text) is None


def test_another_secret_signs_nothing_of_ours():
    """A state of another shop is unknown here."""
    assert StateSigner("mine").verify(StateSigner("other").sign(STATE)) is None


def test_derived_names_depend_on_text_and_key():
    """Nobody without the key can foresee the next ref."""
    mine, other = StateSigner("mine"), StateSigner("other")
    assert mine.derive("1") == mine.derive("1")
    assert len({mine.derive("1"), mine.derive("2"), other.derive("1")}) == 3
    assert len(mine.derive("1")) == 20
