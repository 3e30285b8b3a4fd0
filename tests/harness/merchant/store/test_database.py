"""Laws of the file: ours or refused, transactions whole or not at all, every statement counted."""

import sqlite3
from pathlib import Path

import pytest

from harness.errors import ConfigurationError
from harness.merchant.store import Database, Durability, RowRefused, StoreUnavailable


def test_statements_are_counted_and_brackets_are_not(database_path: Path):
    """What a payment costs the database is what it asked."""
    database = Database(database_path)
    with database.transaction():
        database.run("UPDATE users SET name = 'x' WHERE id = 1")
        database.run("SELECT 1")
    assert database.queries == 2
    database.close()


def test_a_transaction_that_fails_leaves_nothing(database_path: Path):
    """Any exception undoes all of it."""
    database = Database(database_path)

    def work() -> None:
        with database.transaction():
            database.run("UPDATE users SET name = 'x' WHERE id = 1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert database.run("SELECT name FROM users WHERE id = 1").fetchone() != ("x",)
    database.close()


def test_a_transaction_whose_commit_fails_leaves_nothing(
    database_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A commit that could not be made is undone, so that the next transaction can begin."""
    database = Database(database_path)
    send = database._send

    def fail_commit(statement: str, parameters: tuple = ()) -> sqlite3.Cursor:
        if statement == "COMMIT":
            raise StoreUnavailable("disk full")
        return send(statement, parameters)

    with monkeypatch.context() as patch:
        patch.setattr(database, "_send", fail_commit)
        with pytest.raises(StoreUnavailable, match="disk full"), database.transaction():
            database.run("UPDATE users SET name = 'x' WHERE id = 1")
    with database.transaction():
        assert database.run("SELECT name FROM users WHERE id = 1").fetchone() != ("x",)
    database.close()


def test_an_error_that_ended_the_transaction_by_itself_is_no_second_error(database_path: Path):
    """SQLite rolls some errors back on its own."""
    database = Database(database_path)

    def work() -> None:
        with database.transaction():
            database._connection.execute("ROLLBACK")
            raise KeyError

    with pytest.raises(KeyError):
        work()
    database.close()


def test_a_refused_row_and_a_broken_database_are_told_apart(database_path: Path):
    """One is an answer of the schema, the other a failure of the machine."""
    database = Database(database_path)
    with pytest.raises(RowRefused, match="UNIQUE"):
        database.run("INSERT INTO users (id, name, email, phone) VALUES (1, 'a', 'b', 'c')")
    with pytest.raises(StoreUnavailable, match="did not answer") as caught:
        database.run("SELECT nothing FROM nowhere")
    assert not isinstance(caught.value, RowRefused)
    database.close()


def test_another_process_that_writes_is_waited_for_and_then_given_up(
    database_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A locked database fails closed."""
    monkeypatch.setattr("harness.merchant.store.database._BUSY_TIMEOUT_MS", 1)
    database = Database(database_path)
    other = sqlite3.connect(database_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"), database.transaction():
        raise AssertionError("never begun")
    other.close()
    database.close()


@pytest.mark.parametrize(
    "content",
    [b"", b"not a database, but long enough to be looked at" * 99],
    ids=["empty", "garbage"],
)
def test_a_file_that_is_not_ours_is_refused(content: bytes, tmp_path: Path):
    """One sentence that names the file, and the file stays as it is."""
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="other"):
        Database(path)
    assert path.read_bytes() == content


def test_a_database_of_another_version_is_refused(database_path: Path):
    """Its rows would mean something else."""
    connection = sqlite3.connect(database_path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ConfigurationError, match="not a database of this version"):
        Database(database_path)


def test_a_folder_is_no_database(tmp_path: Path):
    """The message says what to do."""
    with pytest.raises(ConfigurationError, match="name a file that can be written"):
        Database(tmp_path)


@pytest.mark.parametrize(("durability", "level"), [("process", 1), ("power", 2)])
def test_durability_is_what_sqlite_is_told(durability: str, level: int, database_path: Path):
    """process: synchronous=NORMAL; power: synchronous=FULL."""
    database = Database(database_path, durability=Durability(durability))
    assert database.run("PRAGMA synchronous").fetchone() == (level,)
    assert database.run("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def test_a_secret_is_made_once_and_kept(database_path: Path):
    """What was signed before a restart is known after it."""
    first = Database(database_path)
    secret = first.secret("callback_state")
    assert first.secret("other") != secret
    first.close()
    second = Database(database_path)
    assert second.secret("callback_state") == secret
    assert len(secret) == 64
    second.close()


def test_a_committed_intent_survives_a_kill(database_path: Path):
    """Another process reads it while the writer still has the file open, without a checkpoint."""
    writer = Database(database_path)
    with writer.transaction():
        writer.run(
            "INSERT INTO payments (ref, user_id, course_id, amount_poisha, state, created_at_ms,"
            " updated_at_ms) VALUES ('r', 1, 1, 100, 'initiated', 0, 0)"
        )
    reader = Database(database_path)
    assert reader.run("SELECT state FROM payments WHERE ref = 'r'").fetchone() == ("initiated",)
    reader.close()
    writer.close()
