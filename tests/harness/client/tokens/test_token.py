"""Laws of a token."""

from harness.client import Token, TokenOrigin


def test_s8_repr_of_a_token_shows_no_token():
    """Age and life may be shown; what opens the door may not."""
    token = Token("canary", "canary", issued_at_ns=5, lifetime_s=3600.0)
    assert "canary" not in repr(token)
    assert "3600.0" in repr(token)


def test_a_token_says_where_it_came_from():
    """The three places that the guide's test page names."""
    assert list(TokenOrigin) == ["memory", "database", "gateway"]
