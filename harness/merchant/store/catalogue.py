"""Statements about who may buy and what is sold."""

from harness.merchant.store.database import Database
from harness.merchant.store.payment import Course

__all__ = ["Catalogue"]

_USER = "SELECT 1 FROM users WHERE id = ?"
_COURSE = "SELECT id, title, price_poisha, teacher, lessons FROM courses WHERE id = ?"
_ENROLLED = """
SELECT 1 FROM payments WHERE user_id = ? AND course_id = ? AND state = 'paid' LIMIT 1
"""


class Catalogue:
    """Answer the three questions of a validation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has_user(self, user_id: int) -> bool:
        """Tell whether the shopper exists."""
        return self._database.run(_USER, (user_id,)).fetchone() is not None

    def course(self, course_id: int) -> Course | None:
        """Return the course, None where there is none."""
        row = self._database.run(_COURSE, (course_id,)).fetchone()
        return None if row is None else Course(*row)

    def is_enrolled(self, *, user_id: int, course_id: int) -> bool:
        """Tell whether the shopper has paid for the course already."""
        return self._database.run(_ENROLLED, (user_id, course_id)).fetchone() is not None
