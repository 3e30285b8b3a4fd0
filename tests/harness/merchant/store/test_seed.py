"""Laws of the seed: complete or not there, big enough that an index matters, copied as a file."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from harness.errors import ConfigurationError
from harness.merchant.store import Database, SeedSize, seed_database
from harness.merchant.store.seed import COURSES, OLD_PAYMENTS, USERS


def ask(path: Path, statement: str) -> list[tuple]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_the_default_is_a_thousand_users_fifty_courses_and_years_of_payments(tmp_path: Path):
    """The sizes are the issue's, and old shoppers never stand in a new one's way."""
    path = tmp_path / "shop.sqlite3"
    seed_database(path)
    assert ask(path, "SELECT min(id), max(id), count(*) FROM users") == [(1, USERS, 1_000)]
    assert ask(path, "SELECT min(id), max(id), count(*) FROM courses") == [(1, COURSES, 50)]
    payments = "SELECT min(user_id), max(user_id), count(*) FROM payments WHERE archived = 1"
    assert ask(path, payments) == [(1_001, 5_000, OLD_PAYMENTS)]
    assert ask(path, "SELECT count(*) FROM payment_history") == [(0,)]


def test_the_enrolment_check_uses_the_guides_index(tmp_path: Path):
    """With fifty old payments per shopper and thousands per course, the planner takes the first."""
    path = tmp_path / "shop.sqlite3"
    seed_database(path, size=SeedSize(old_payments=20_000))
    plan = ask(
        path,
        "EXPLAIN QUERY PLAN SELECT 1 FROM payments"
        " WHERE user_id = 1 AND course_id = 1 AND state = 'paid' LIMIT 1",
    )
    assert "idx_payments_user_id" in plan[0][3]


def test_the_guides_three_indexes_exist(seeded: Path):
    """Under the names that the guide gave them."""
    names = {row[0] for row in ask(seeded, "SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert {"idx_bkash_updated_at", "idx_payments_user_id", "idx_payments_course_id"} <= names


def test_a_closed_file_is_whole_in_itself(seeded: Path, tmp_path: Path):
    """A template is built once and copied; nothing of it lives in a second file."""
    copy = Path(shutil.copy(seeded, tmp_path / "copy.sqlite3"))
    assert ask(copy, "SELECT count(*) FROM users") == [(20,)]
    assert not Path(f"{seeded}-wal").exists()


def test_an_existing_file_is_never_overwritten(tmp_path: Path):
    """Whatever it holds, it is somebody's."""
    path = tmp_path / "mine"
    path.write_text("precious")
    with pytest.raises(ConfigurationError, match="exists already"):
        seed_database(path)
    assert path.read_text() == "precious"


def test_a_place_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path):
    """The message names the place; no half file stays."""
    with pytest.raises(ConfigurationError, match="cannot create"):
        seed_database(tmp_path / "missing" / "shop.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_draft_that_fails_midway_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Seeding is all or nothing."""
    monkeypatch.setattr("harness.merchant.store.seed.schema_text", lambda: "CREATE NONSENSE")
    with pytest.raises(ConfigurationError, match="NONSENSE"):
        seed_database(tmp_path / "shop.sqlite3")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "size",
    [{"users": 0}, {"users": 1_001}, {"courses": 0}, {"old_payments": -1}],
    ids=str,
)
def test_sizes_that_cannot_be_seeded_are_refused(size: dict[str, int]):
    """Users end where the old shoppers begin."""
    with pytest.raises(ValueError, match="cannot be seeded"):
        SeedSize(**size)


def test_no_old_payments_is_a_size_too(tmp_path: Path):
    """A shop may begin today."""
    path = tmp_path / "shop.sqlite3"
    seed_database(path, size=SeedSize(users=1, courses=1, old_payments=0))
    assert ask(path, "SELECT count(*) FROM payments") == [(0,)]


def test_some_prices_have_poisha(seeded: Path):
    """The wire's decimals are always in use."""
    (prices,) = zip(*ask(seeded, "SELECT price_poisha FROM courses"), strict=True)
    assert any(price % 100 for price in prices)
    assert len(set(prices)) == len(prices)


def test_keys_can_be_given_where_runs_must_be_equal(tmp_path: Path):
    """The shop uses them instead of making its own."""
    path = tmp_path / "shop.sqlite3"
    seed_database(path, size=SeedSize(1, 1, 0), secrets={"callback_state": "given"})
    database = Database(path)
    assert database.secret("callback_state") == "given"
    database.close()
