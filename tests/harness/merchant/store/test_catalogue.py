"""Laws of the catalogue: who may buy and what is sold."""

from pathlib import Path

from harness.merchant.store import Database
from harness.merchant.store.catalogue import Catalogue


def test_the_three_questions(database_path: Path):
    """A user, a course with its price, an enrolment; each is one statement."""
    database = Database(database_path)
    catalogue = Catalogue(database)
    assert catalogue.has_user(20)
    assert not catalogue.has_user(21)
    course = catalogue.course(1)
    assert course is not None
    assert (course.title, course.price_poisha) == ("SQL for Beginners", 54_900)
    assert catalogue.course(7) is None
    assert catalogue.is_enrolled(user_id=1001, course_id=1)
    assert not catalogue.is_enrolled(user_id=1, course_id=1)
    assert database.queries == 6
    database.close()


def test_a_declined_payment_is_no_enrolment(database_path: Path):
    """Every tenth old payment was declined."""
    database = Database(database_path)
    declined = database.run("SELECT user_id, course_id FROM payments WHERE state = 'declined'")
    user_id, course_id = declined.fetchone()
    assert not Catalogue(database).is_enrolled(user_id=user_id, course_id=course_id)
    database.close()
