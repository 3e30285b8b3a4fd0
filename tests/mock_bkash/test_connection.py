"""Which connection a call came by."""

import pytest

from mock_bkash import connection as connection_module
from mock_bkash.connection import SCOPE_KEY, Connection, ConnectionRegistry


def test_our_server_says_which_connection_it_is():
    """Numbers are given at the first gateway call, in order; only that call is the first."""
    registry, first, second = ConnectionRegistry(), Connection(), Connection()
    scope = {"state": {SCOPE_KEY: first}, "client": ("127.0.0.1", 1)}
    assert registry.connection_of(scope).use()
    assert not registry.connection_of(scope).use()
    assert registry.connection_of({"state": {SCOPE_KEY: second}}).number == 2
    assert first.number == 1


def test_elsewhere_the_clients_address_stands_for_the_connection():
    """As other servers and in-process transports give it, as a list, a tuple, or not at all."""
    registry = ConnectionRegistry()
    one = registry.connection_of({"client": ("127.0.0.1", 1)})
    assert registry.connection_of({"client": ["127.0.0.1", 1], "state": {}}) is one
    assert registry.connection_of({"client": ("127.0.0.1", 2)}) is not one
    assert registry.connection_of({}) is registry.connection_of({"client": None})


def test_addresses_are_bounded(monkeypatch: pytest.MonkeyPatch):
    """The oldest is forgotten, and would count as new."""
    monkeypatch.setattr(connection_module, "MAX_ADDRESSES", 2)
    registry = ConnectionRegistry()
    numbers = [
        registry.connection_of({"client": ("h", port)}).number for port in (1, 2, 1, 3, 2, 1)
    ]
    assert numbers == [1, 2, 1, 3, 2, 4]
