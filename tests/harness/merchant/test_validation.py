"""Laws of validation: three ways to ask, one answer."""

from typing import Any

import pytest

from harness.clock import now_ns
from harness.merchant.rejection import Reason, Rejection
from harness.merchant.store import Database, Distance, Store
from harness.merchant.validation import BatchedValidator, ParallelValidator, SequentialValidator
from harness.merchant.wish import Wish
from harness.simulation import run_virtual

VALIDATORS = [SequentialValidator, ParallelValidator, BatchedValidator]
DELAYS_US = {"validate_user": 100_000, "validate_course": 250_000, "check_enrolled": 50_000}


def validate(kind: Any, path: Any, wish: Wish) -> Any:
    """Return the course or the reason, and how long it took in ms."""

    async def main() -> Any:
        database = Database(path)
        distance = Distance(lambda name, *_: DELAYS_US[name], time_scale=1.0)
        try:
            course = await kind(Store(database, distance)).validate(wish)
        except Rejection as rejection:
            return rejection.reason, now_ns() // 1_000_000
        else:
            return course.title, now_ns() // 1_000_000
        finally:
            database.close()

    return run_virtual(main())


@pytest.mark.parametrize(
    ("kind", "took_ms"), list(zip(VALIDATORS, (400, 250, 250), strict=True)), ids=str
)
def test_a_wish_that_can_be_granted_returns_its_course(kind: Any, took_ms: int, database_path: Any):
    """In turn the waits add up; together, or in one trip, the longest counts."""
    assert validate(kind, database_path, Wish(1, 1)) == ("SQL for Beginners", took_ms)


@pytest.mark.parametrize("kind", VALIDATORS)
@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (Wish(999, 999), Reason.UNKNOWN_USER),
        (Wish(1, 999), Reason.UNKNOWN_COURSE),
        (Wish(1, 0), Reason.UNKNOWN_COURSE),
    ],
)
def test_the_first_objection_is_the_same_whatever_the_way(
    kind: Any, wish: Wish, reason: Reason, database_path: Any
):
    """User before course before enrolment."""
    assert validate(kind, database_path, wish)[0] is reason


@pytest.mark.parametrize("kind", VALIDATORS)
def test_whoever_has_the_course_is_told(kind: Any, database_path: Any):
    """An old shopper who is a user too."""
    database = Database(database_path)
    database.run("INSERT INTO users (id, name, email, phone) VALUES (1001, 'a', 'b', 'c')")
    database.close()
    assert validate(kind, database_path, Wish(1001, 1))[0] is Reason.ALREADY_ENROLLED
