"""Laws of the plug point for a merchant's database."""

import inspect

from harness.client import TokenStore
from harness.client.tokens.token import Token


def test_a_store_has_two_methods(kit):
    """Whatever keeps one token between two calls will do."""
    store: TokenStore = kit.MemoryStore()
    methods = [name for name, _ in inspect.getmembers(TokenStore, inspect.isfunction)]
    assert [name for name in methods if not name.startswith("_")] == ["load", "save"]
    assert inspect.signature(store.save).parameters["token"].annotation is Token
