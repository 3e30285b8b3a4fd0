"""The database as the checkout sees it: one awaitable method per round trip, each a stage.

The way there is modelled (`Distance`), the statement behind it is real, and the span says which
part is which.
"""

from dataclasses import dataclass
from types import TracebackType

from harness.merchant.store.catalogue import Catalogue
from harness.merchant.store.database import Database
from harness.merchant.store.distance import Distance
from harness.merchant.store.ledger import PaymentLedger, now_ms
from harness.merchant.store.payment import Claim, Course, Outcome, Payment, Receipt
from harness.stages import Span, Stage, stage

__all__ = ["SHOW_COURSE", "SHOW_RECEIPT", "Purchase", "Store"]

SHOW_COURSE = "show_course"
"""Operation and stage of the checkout page's own question; not part of a payment."""

SHOW_RECEIPT = "show_receipt"
"""Operation and stage of the result page's own question; not part of a payment."""

_VALIDATIONS = (Stage.VALIDATE_USER, Stage.VALIDATE_COURSE, Stage.CHECK_ENROLLED)


@dataclass(frozen=True, slots=True)
class Purchase:
    """Hold the answers to the three questions of a validation.

    Attributes:
        has_user: whether the shopper exists.
        course: what is bought; None where there is no such course.
        is_enrolled: whether the shopper has it already.
    """

    has_user: bool
    course: Course | None
    is_enrolled: bool


class _Trip:
    """Be one stage with the way to the database at its beginning; used once.

    Written out, because a payment makes eight, and `asynccontextmanager` costs about as much as the
    statement at the end of the way.
    """

    __slots__ = ("_distance", "_operation", "_span")

    def __init__(self, distance: Distance, operation: str) -> None:
        self._distance = distance
        self._operation = operation
        self._span: Span = stage(operation)

    async def __aenter__(self) -> None:
        span = self._span.__enter__()
        try:
            await self._distance.travel(self._operation, span=span)
        except BaseException as error:
            # Who gives up on the way has been under way: the stage is as long as that.
            span.__exit__(type(error), error, error.__traceback__)
            raise

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._span.__exit__(kind, error, traceback)


class Store:
    """Read and write the shop's world over a modelled distance.

    Every method raises `StoreUnavailable` where the database cannot carry it out; nothing is
    written then.
    """

    def __init__(self, database: Database, distance: Distance) -> None:
        self._database = database
        self._distance = distance
        self._catalogue = Catalogue(database)
        self._ledger = PaymentLedger(database)

    @property
    def queries(self) -> int:
        """Return how many statements were sent."""
        return self._database.queries

    def _trip(self, operation: str) -> "_Trip":
        return _Trip(self._distance, operation)

    async def validate_user(self, user_id: int) -> bool:
        """Tell whether the shopper exists."""
        async with self._trip(Stage.VALIDATE_USER):
            return self._catalogue.has_user(user_id)

    async def validate_course(self, course_id: int) -> Course | None:
        """Return the course, whose price is the amount; None where there is none."""
        async with self._trip(Stage.VALIDATE_COURSE):
            return self._catalogue.course(course_id)

    async def check_enrolled(self, *, user_id: int, course_id: int) -> bool:
        """Tell whether the shopper has paid for the course already."""
        async with self._trip(Stage.CHECK_ENROLLED):
            return self._catalogue.is_enrolled(user_id=user_id, course_id=course_id)

    async def validate_at_once(self, *, user_id: int, course_id: int) -> Purchase:
        """Ask the three questions in one round trip.

        It takes as long as the slowest of them would, and stands as all three stages: that is what
        the payment waited for, whichever of them one looks at.
        """
        user, course, enrolled = (stage(name) for name in _VALIDATIONS)
        # Left in reverse, so that they are reported in the order of a validation.
        with enrolled, course, user:
            await self._distance.travel(*_VALIDATIONS, span=user)
            if user.modelled_ns is not None:
                course.add_modelled_ns(user.modelled_ns)
                enrolled.add_modelled_ns(user.modelled_ns)
            return Purchase(
                has_user=self._catalogue.has_user(user_id),
                course=self._catalogue.course(course_id),
                is_enrolled=self._catalogue.is_enrolled(user_id=user_id, course_id=course_id),
            )

    async def insert_payment(
        self, *, ref: str, user_id: int, course_id: int, amount_poisha: int
    ) -> Payment:
        """Write the intent; it is durable when this returns."""
        async with self._trip(Stage.INSERT_PAYMENT):
            return self._ledger.insert(
                ref=ref, user_id=user_id, course_id=course_id, amount_poisha=amount_poisha
            )

    async def attach_payment(self, *, ref: str, payment_id: str) -> bool:
        """Store bKash's name for the payment; False: it belongs to another payment of ours."""
        async with self._trip(Stage.ATTACH_PAYMENT):
            return self._ledger.attach(ref=ref, payment_id=payment_id)

    async def abandon_payment(self, *, ref: str, payment_id: str | None, reason: str) -> None:
        """End a payment that nobody will execute."""
        async with self._trip(Stage.ATTACH_PAYMENT):
            self._ledger.abandon_created(ref=ref, payment_id=payment_id, reason=reason)

    async def load_payment(self, *, ref: str, payment_id: str, attach: bool) -> Claim | None:
        """Find a payment and mark it executing, for one caller only; see `PaymentLedger.claim`."""
        async with self._trip(Stage.LOAD_PAYMENT):
            return self._ledger.claim(ref=ref, payment_id=payment_id, attach=attach)

    async def turn_back_payment(
        self, *, ref: str, payment_id: str, outcome: Outcome, attach: bool
    ) -> Claim | None:
        """Find a payment and end it unexecuted; see `PaymentLedger.turn_back`."""
        async with self._trip(Stage.LOAD_PAYMENT):
            return self._ledger.turn_back(
                ref=ref, payment_id=payment_id, outcome=outcome, attach=attach
            )

    async def find_payment(self, ref: str) -> Payment | None:
        """Return a payment and leave it as it is."""
        async with self._trip(Stage.LOAD_PAYMENT):
            return self._ledger.find(ref)

    async def update_payment(self, *, ref: str, outcome: Outcome) -> Payment:
        """Move a payment to its outcome, unless somebody did; return how it stands."""
        async with self._trip(Stage.UPDATE_PAYMENT):
            return self._ledger.settle(ref=ref, outcome=outcome)

    async def show_course(self, course_id: int) -> Course | None:
        """Return the course for its page."""
        async with self._trip(SHOW_COURSE):
            return self._catalogue.course(course_id)

    async def show_receipt(self, ref: str) -> Receipt | None:
        """Return what the result page shows."""
        async with self._trip(SHOW_RECEIPT):
            return self._ledger.receipt(ref)

    def unsettled(self) -> list[Payment]:
        """Return payments whose money may have moved, those longest unchanged first."""
        return self._ledger.unsettled()

    def unfinished(self, *, quiet_ms: int) -> list[Payment]:
        """Return payments whose shopper did not come back, unchanged for `quiet_ms`."""
        return self._ledger.unfinished(until_ms=now_ms() - quiet_ms)

    def age_ms(self, payment: Payment) -> int:
        """Return how long ago the payment's state changed, wall milliseconds."""
        return now_ms() - payment.updated_at_ms
