"""Tokens."""

import base64
import json

import pytest

from mock_bkash import token as token_module
from mock_bkash.identifier import Identifiers
from mock_bkash.token import TokenMint, TokenShelf


def claims_of(id_token: str) -> dict[str, object]:
    part = id_token.split(".")[1]
    claims: dict[str, object] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


@pytest.fixture
def mint() -> TokenMint:
    return TokenMint(Identifiers(b"0123456789abcdef"))


def test_an_id_token_carries_cognitos_claims(mint: TokenMint):
    """A client that reads the expiry out of the token finds it."""
    id_token = mint.id_token(app_key="key", username="name", issued_s=1000, lifetime_s=3600)
    claims = claims_of(id_token)
    assert set(claims) == {
        *("sub", "aud", "event_id", "token_use", "auth_time"),
        *("iss", "cognito:username", "exp", "iat"),
    }
    assert (claims["aud"], claims["cognito:username"]) == ("key", "name")
    assert (claims["iat"], claims["exp"], claims["token_use"]) == (1000, 4600, "id")


def test_tokens_weigh_what_bkashs_weigh(mint: TokenMint):
    """About 0.9 and 1.8 kB: they travel with every call, so their size is load."""
    id_token = mint.id_token(
        app_key="4f6o0cjiki2rfm34kfdadl1eqq",
        username="sandboxTokenizedUser02",
        issued_s=1,
        lifetime_s=3600,
    )
    assert 800 <= len(id_token) <= 1000
    assert 1700 <= len(mint.refresh_token()) <= 1900
    assert mint.refresh_token().count(".") == 4


def test_no_token_comes_twice(mint: TokenMint):
    """Each grant is a token of its own."""
    made = {mint.refresh_token() for _ in range(100)}
    made |= {mint.id_token(app_key="k", username="u", issued_s=1, lifetime_s=1) for _ in range(100)}
    assert len(made) == 200


def test_a_token_lives_exactly_as_long_as_it_says():
    """Valid until its lifetime has passed, and not at that moment."""
    now = [0.0]
    shelf = TokenShelf(lambda: now[0])
    shelf.add("t", lifetime_s=10)
    now[0] = 9.999
    assert shelf.holds(b"t")
    now[0] = 10.0
    assert not shelf.holds(b"t")
    now[0] = 0.0
    assert not shelf.holds(b"t"), "an expired token is forgotten"


def test_strange_tokens_are_not_held():
    """Nor is a prefix of a real one."""
    shelf = TokenShelf(lambda: 0.0)
    shelf.add("token", lifetime_s=10)
    assert not shelf.holds(b"toke")
    assert not shelf.holds(b"")


def test_tokens_are_bounded(monkeypatch: pytest.MonkeyPatch):
    """A client that grants for ever pushes out its own oldest token."""
    monkeypatch.setattr(token_module, "MAX_TOKENS", 2)
    shelf = TokenShelf(lambda: 0.0)
    for name in ("a", "b", "c"):
        shelf.add(name, lifetime_s=10)
    assert [shelf.holds(name) for name in (b"a", b"b", b"c")] == [False, True, True]


def test_a_shelf_shows_no_token():
    """Not even in a traceback."""
    shelf = TokenShelf(lambda: 0.0)
    shelf.add("canary-token", lifetime_s=10)
    assert "canary" not in repr(shelf)


def test_a_revoked_token_is_dead_at_once():
    """Whatever was left of its life; the others live on."""
    shelf = TokenShelf(lambda: 0.0)
    for name in ("a", "b"):
        shelf.add(name, lifetime_s=10)
    shelf.revoke(b"a")
    shelf.revoke(b"never issued")
    assert [shelf.holds(name) for name in (b"a", b"b")] == [False, True]


def test_a_shelf_tells_what_changed_to_whoever_keeps_it_elsewhere():
    """The newest token, those that were revoked; and takes back what still lives."""
    now = [5.0]
    shelf, other = TokenShelf(lambda: now[0]), TokenShelf(lambda: now[0])
    assert shelf.newest is None
    for token in ("a", "b"):
        shelf.add(token, lifetime_s=10)
    newest = shelf.newest
    assert newest is not None
    assert newest[1] == 15.0
    other.put_back(newest[0], expiry_s=15.0)
    other.put_back(b"expired", expiry_s=5.0)
    assert other.holds(b"b")
    assert other.newest == newest
    shelf.revoke(b"b")
    shelf.revoke(b"b")
    assert list(shelf.ended) == [newest[0]]
