"""The file that a mock survives its own death with."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from harness.simulation import run_virtual
from mock_bkash import MockConfig
from mock_bkash.durable import StateError, StateFile, state_file
from mock_bkash.tenant import Credentials, Tenant, Tenants

CREDENTIALS = Credentials(username="u", secrets=b"s" * 32)


def tenant_of(state: StateFile) -> Tenant:
    tenant = Tenants(MockConfig()).open("shop", CREDENTIALS)
    state.write_tenant(tenant)
    return tenant


def test_a_new_file_has_a_secret_that_stays(tmp_path: Path):
    """Else the addresses of customer pages would be worth nothing after a restart."""
    path = tmp_path / "mock.db"
    first = StateFile(path)
    first.close()
    second = StateFile(path)
    assert (second.secret, len(second.secret)) == (first.secret, 32)
    assert (first.starts, second.starts) == (0, 1)
    second.close()
    given = StateFile(path, secret=b"0123456789abcdef")
    assert given.secret == b"0123456789abcdef"
    given.close()


def test_only_one_mock_uses_a_file(tmp_path: Path):
    """Two would overwrite each other."""
    path = tmp_path / "mock.db"
    first = StateFile(path)
    with pytest.raises(StateError, match=r"mock\.db: another mock is using it"):
        StateFile(path)
    first.close()


def test_a_file_that_is_none_is_told(tmp_path: Path):
    """With its name and the reason."""
    text = tmp_path / "text.db"
    text.write_text("not a database, but long enough to be taken for one " * 50)
    with pytest.raises(StateError, match=r"text\.db: is no state file of a mock"):
        StateFile(text)
    with pytest.raises(StateError, match="unable to open"):
        StateFile(tmp_path / "nowhere" / "mock.db")
    other = tmp_path / "other.db"
    StateFile(other).close()
    with sqlite3.connect(other) as database:
        database.execute("UPDATE mock SET version = 9")
    database.close()
    with pytest.raises(StateError, match=r"other\.db: is of version 9, expected 1"):
        StateFile(other)


def test_what_cannot_be_read_is_told(tmp_path: Path):
    """A row that somebody else wrote."""
    state = StateFile(tmp_path / "mock.db")
    state._db.execute("INSERT INTO tenant VALUES ('shop', x'00')")
    with pytest.raises(StateError, match="is no state file of a mock"):
        list(state.tenants())
    state.close()


async def test_what_did_not_change_is_not_written_again(tmp_path: Path):
    """Most calls only look; and the memory for that is bounded."""
    state = StateFile(tmp_path / "mock.db")
    tenant = tenant_of(state)
    tenant.id_tokens.add("t1", lifetime_s=10)
    state.write(tenant, None)
    changes = state._db.total_changes
    state.write(tenant, None)
    assert state._db.total_changes == changes
    tenant.id_tokens.add("t2", lifetime_s=10)
    state.write(tenant, None)
    assert state._db.total_changes > changes
    state.close()


async def test_the_digests_of_what_was_written_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The oldest is forgotten, and would be written once more."""
    monkeypatch.setattr(state_file, "MAX_DIGESTS", 1)
    state = StateFile(tmp_path / "mock.db")
    tenants = Tenants(MockConfig())
    for app_key in ("a", "b", "b"):
        state.write(tenants.open(app_key, CREDENTIALS), None)
    assert list(state._written) == [("b", "")]
    state.close()


async def test_a_revoked_token_is_gone_from_the_file(tmp_path: Path):
    """It does not come back to life."""
    state = StateFile(tmp_path / "mock.db")
    tenant = tenant_of(state)
    for token in ("t1", "t2"):
        tenant.id_tokens.add(token, lifetime_s=10)
        tenant.refresh_tokens.add(token, lifetime_s=10)
        state.write(tenant, None)
    tenant.id_tokens.revoke(b"t1")
    state.write(tenant, None)
    kept = list(state.tokens("shop"))
    assert [kind for kind, _, _ in kept] == ["refresh", "id", "refresh"]
    state.close()


async def test_forgetting_a_merchant_leaves_the_others(tmp_path: Path):
    """As a reset does."""
    state = StateFile(tmp_path / "mock.db")
    tenants = Tenants(MockConfig())
    for app_key in ("a", "b"):
        tenant = tenants.open(app_key, CREDENTIALS)
        tenant.id_tokens.add(app_key, lifetime_s=10)
        state.write(tenant, None)
    state.forget("a")
    assert [record.app_key for record in state.tenants()] == ["b"]
    assert list(state.tokens("a")) == []
    assert len(list(state.tokens("b"))) == 1
    state.close()


async def test_a_failed_transaction_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """All of a call's changes or none."""
    state = StateFile(tmp_path / "mock.db")
    tenant = tenant_of(state)
    tenant.id_tokens.add("t", lifetime_s=10)
    monkeypatch.setattr(state_file, "_PUT_TOKEN", "INSERT INTO missing VALUES (?, ?, ?, ?, ?)")
    with pytest.raises(StateError, match="no such table: missing"):
        state.write(tenant, None)
    assert not state._db.in_transaction
    assert list(state.tokens("shop")) == []
    state.close()


def test_a_state_file_on_a_virtual_clock_is_of_no_harm(tmp_path: Path):
    """The merchant's clock is the loop's; only the gap between two lives is by the wall."""

    async def main() -> None:
        state = StateFile(tmp_path / "mock.db")
        tenant_of(state)
        await asyncio.sleep(3600)
        (record,) = state.tenants()
        assert record.app_key == "shop"
        state.close()

    run_virtual(main())
