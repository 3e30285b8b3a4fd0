"""Three questions before a payment may begin, and three ways to ask them.

Whatever the way, a shopper hears of the first objection in the same order: user, course, enrolment.
"""

import asyncio
from typing import Protocol

from harness.merchant.rejection import Reason, Rejection
from harness.merchant.store import Course, Purchase, Store
from harness.merchant.wish import Wish

__all__ = ["BatchedValidator", "ParallelValidator", "SequentialValidator", "Validator"]


class Validator(Protocol):
    """Find out whether a wish can be granted."""

    async def validate(self, wish: Wish) -> Course:
        """Return the course, whose price is the amount.

        Raises:
            Rejection: unknown user or course, or already enrolled.
            StoreUnavailable: the database did not answer.
        """


class SequentialValidator:
    """Ask one question after the other, and stop at the first objection."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def validate(self, wish: Wish) -> Course:
        """Return the course; see `Validator`."""
        if not await self._store.validate_user(wish.user_id):
            raise _unknown_user(wish)
        course = await self._store.validate_course(wish.course_id)
        if course is None:
            raise _unknown_course(wish)
        if await self._store.check_enrolled(user_id=wish.user_id, course_id=wish.course_id):
            raise _already_enrolled(course)
        return course


class ParallelValidator:
    """Ask all questions at once; the wait is that of the slowest."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def validate(self, wish: Wish) -> Course:
        """Return the course; see `Validator`."""
        # Should one of them fail, the others are short reads that nobody has to stop.
        has_user, course, is_enrolled = await asyncio.gather(
            self._store.validate_user(wish.user_id),
            self._store.validate_course(wish.course_id),
            self._store.check_enrolled(user_id=wish.user_id, course_id=wish.course_id),
        )
        return _judge(wish, Purchase(has_user=has_user, course=course, is_enrolled=is_enrolled))


class BatchedValidator:
    """Ask all questions in one round trip."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def validate(self, wish: Wish) -> Course:
        """Return the course; see `Validator`."""
        return _judge(
            wish,
            await self._store.validate_at_once(user_id=wish.user_id, course_id=wish.course_id),
        )


def _judge(wish: Wish, purchase: Purchase) -> Course:
    if not purchase.has_user:
        raise _unknown_user(wish)
    if purchase.course is None:
        raise _unknown_course(wish)
    if purchase.is_enrolled:
        raise _already_enrolled(purchase.course)
    return purchase.course


def _unknown_user(wish: Wish) -> Rejection:
    return Rejection(Reason.UNKNOWN_USER, f"There is no user {wish.user_id}.")


def _unknown_course(wish: Wish) -> Rejection:
    return Rejection(Reason.UNKNOWN_COURSE, f"There is no course {wish.course_id}.")


def _already_enrolled(course: Course) -> Rejection:
    return Rejection(Reason.ALREADY_ENROLLED, f"You already have the course “{course.title}”.")
