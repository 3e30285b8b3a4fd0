"""Laws of the merchant's credentials."""

import pytest

from harness.client import Credentials


def test_repr_shows_none_of_the_secrets():
    """A log line with credentials in it gives nothing away."""
    assert repr(Credentials("canary-1", "canary-2", "canary-3", "canary-4")) == "Credentials(***)"


@pytest.mark.parametrize("bad", ["", "two words", "line\nbreak", "ünsichtbar", "x" * 1_025])
@pytest.mark.parametrize("field", ["app_key", "app_secret", "username", "password"])
def test_what_no_header_can_carry_is_refused_at_once_and_not_quoted(field: str, bad: str):
    """A mistake is found at start, and the message does not publish it."""
    good = {"app_key": "k", "app_secret": "s", "username": "u", "password": "p"}
    with pytest.raises(ValueError, match=field) as caught:
        Credentials(**{**good, field: bad})
    assert bad == "" or bad not in str(caught.value)
