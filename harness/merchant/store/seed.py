"""The shop before the first shopper: users, courses and years of old payments.

The old payments make an index matter. They belong to shoppers above id 1000, so that a load run can
sell every course to every user. A file is built beside its place and moved there when complete:
whoever finds it finds all of it.
"""

import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.errors import ConfigurationError
from harness.merchant.store.database import APPLICATION_ID, SCHEMA_USER_VERSION, schema_text

__all__ = ["COURSES", "OLD_PAYMENTS", "USERS", "SeedSize", "seed_database"]

USERS = 1_000
COURSES = 50
OLD_PAYMENTS = 200_000

_FIRST_OLD_SHOPPER = 1_001
_ARCHIVE_EPOCH_MS = 1_577_836_800_000
"""2020-01-01: old payments are one minute apart from here."""

_FIRST_NAMES = (
    "Ayesha", "Rahim", "Nusrat", "Tanvir", "Farhana", "Imran", "Sadia", "Kamal", "Mitu", "Arif",
    "Jannat", "Hasan", "Rumana", "Shakil", "Lamia", "Nayeem", "Tasnim", "Rafiq", "Sumaiya", "Zahid",
)  # fmt: skip
_LAST_NAMES = (
    "Rahman", "Akter", "Hossain", "Chowdhury", "Islam", "Khan", "Begum", "Ahmed", "Sarkar", "Roy",
)  # fmt: skip
_SUBJECTS = (
    "Python", "SQL", "Web Design", "Statistics", "Physics", "Accounting", "English Writing",
    "Data Analysis", "Networking", "Graphic Design",
)  # fmt: skip
_LEVELS = ("for Beginners", "in Practice", "in Depth", "Exam Preparation", "Projects")

_INSERT_OLD_PAYMENTS = """
WITH RECURSIVE old (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM old WHERE n + 1 < :payments)
INSERT INTO payments
    (ref, user_id, course_id, amount_poisha, state, payment_id, trx_id, reason, archived,
     created_at_ms, updated_at_ms)
SELECT
    printf('old-%07d', n),
    :first_user + n / :courses,
    1 + n % :courses,
    50000 + 100 * (n % 97),
    CASE WHEN n % 10 = 9 THEN 'declined' ELSE 'paid' END,
    printf('TR0011old%011d', n),
    CASE WHEN n % 10 = 9 THEN NULL ELSE printf('OLD%07d', n) END,
    CASE WHEN n % 10 = 9 THEN 'Insufficient Balance' END,
    1,
    :epoch_ms + n * 60000,
    :epoch_ms + n * 60000 + 45000
FROM old
"""


_INSERT_SECRET = "INSERT INTO secrets (name, value) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class SeedSize:
    """Say how much to seed; the defaults are the issue's, tests take less.

    Attributes:
        users: shoppers who may buy, ids from 1; at most 1,000, where the old ones begin.
        courses: what is sold, ids from 1.
        old_payments: settled payments of earlier years.
    """

    users: int = USERS
    courses: int = COURSES
    old_payments: int = OLD_PAYMENTS

    def __post_init__(self) -> None:
        """Refuse sizes that cannot be seeded."""
        if not 0 < self.users < _FIRST_OLD_SHOPPER or self.courses < 1 or self.old_payments < 0:
            raise ValueError(f"{self} cannot be seeded: 1-1000 users, 1+ courses, 0+ old payments")


def seed_database(
    path: Path, *, size: SeedSize | None = None, secrets: Mapping[str, str] | None = None
) -> None:
    """Create a database file with schema and seed, complete or not at all.

    The closed file is whole in itself: copying it gives another database. It holds no token and
    none of a run's payments.

    Args:
        path: where nothing stands yet.
        size: how much to seed.
        secrets: the shop's own keys by name, see `Database.secret`. Give them only where runs must
            be equal byte for byte; a key that is not given is made when it is first asked for.

    Raises:
        ConfigurationError: something stands at that path, or it cannot be written.
    """
    if path.exists():
        raise ConfigurationError(f"database {path}: exists already; name another file")
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    try:
        _build(draft, size or SeedSize(), secrets or {})
        draft.replace(path)
    except (sqlite3.Error, OSError) as error:
        raise ConfigurationError(f"database {path}: cannot create it: {error}") from error
    finally:
        draft.unlink(missing_ok=True)


def _build(draft: Path, size: SeedSize, secrets: Mapping[str, str]) -> None:
    draft.unlink(missing_ok=True)
    connection = sqlite3.connect(draft, isolation_level=None)
    try:
        # Nobody else can see the draft, so nothing needs to survive a crash.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_USER_VERSION}")
        connection.executescript(schema_text())
        connection.execute("BEGIN")
        _insert_people_and_courses(connection, size)
        _insert_old_payments(connection, size)
        connection.executemany(_INSERT_SECRET, list(secrets.items()))
        connection.execute("COMMIT")
        # Without statistics SQLite takes the two guide's indexes for equally good, and one of them
        # leads to eighty times more rows.
        connection.execute("ANALYZE")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _insert_people_and_courses(connection: sqlite3.Connection, size: SeedSize) -> None:
    connection.executemany(
        "INSERT INTO users (id, name, email, phone) VALUES (?, ?, ?, ?)",
        [(n, _user_name(n), f"user{n}@example.com", f"0100{n:07d}") for n in _ids(size.users)],
    )
    connection.executemany(
        "INSERT INTO courses (id, title, teacher, lessons, price_poisha) VALUES (?, ?, ?, ?, ?)",
        [
            (n, _course_title(n), _user_name(n * 7), 8 + n % 17, _price_poisha(n))
            for n in _ids(size.courses)
        ],
    )


def _insert_old_payments(connection: sqlite3.Connection, size: SeedSize) -> None:
    if size.old_payments == 0:
        return
    connection.execute(
        _INSERT_OLD_PAYMENTS,
        {
            "payments": size.old_payments,
            "courses": size.courses,
            "first_user": _FIRST_OLD_SHOPPER,
            "epoch_ms": _ARCHIVE_EPOCH_MS,
        },
    )


def _ids(count: int) -> range:
    return range(1, count + 1)


def _user_name(number: int) -> str:
    first = _FIRST_NAMES[number % len(_FIRST_NAMES)]
    return f"{first} {_LAST_NAMES[number // len(_FIRST_NAMES) % len(_LAST_NAMES)]}"


def _course_title(number: int) -> str:
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    return f"{subject} {_LEVELS[number // len(_SUBJECTS) % len(_LEVELS)]}"


def _price_poisha(number: int) -> int:
    # Every fifth course has a price with poisha, so that the wire's decimals are always in use.
    return 49_900 + number * 5_000 + (50 if number % 5 == 0 else 0)
