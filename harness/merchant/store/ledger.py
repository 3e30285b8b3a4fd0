"""Statements about payments. Each public method is one transaction with a closed set of results.

The one guarded move that everybody goes through is `claim`: of any number of callers, tabs and
processes, one is told to execute.
"""

from harness.client import epoch_ns
from harness.clock import NS_PER_MS
from harness.merchant.store.database import Database, RowRefused, Value
from harness.merchant.store.payment import Claim, Outcome, Payment, PaymentState, Receipt

__all__ = ["MAX_OPEN_PAYMENTS", "PaymentLedger", "now_ms"]

MAX_OPEN_PAYMENTS = 500
"""Most rows handed to the reconciler at once; the rest follows in its next round."""

_COLUMNS = (
    "ref, user_id, course_id, amount_poisha, state, payment_id, trx_id, reason, updated_at_ms"
)
_INSERT = """
INSERT INTO payments (ref, user_id, course_id, amount_poisha, state, created_at_ms, updated_at_ms)
VALUES (?, ?, ?, ?, 'initiated', ?, ?)
"""
_ATTACH = """
UPDATE payments SET state = 'created', payment_id = ?, updated_at_ms = ?
WHERE ref = ? AND state = 'initiated'
"""
_NOTE_PAYMENT_ID = "UPDATE payments SET payment_id = ? WHERE ref = ? AND payment_id IS NULL"
_CLAIM = f"""
UPDATE payments SET state = 'executing', updated_at_ms = ?
WHERE ref = ? AND payment_id = ? AND state = 'created'
RETURNING {_COLUMNS}
"""  # noqa: S608 - a constant
_TURN_BACK = f"""
UPDATE payments SET state = ?, reason = ?, updated_at_ms = ?
WHERE ref = ? AND payment_id = ? AND state = 'created'
RETURNING {_COLUMNS}
"""  # noqa: S608 - a constant
_FIND = f"SELECT {_COLUMNS} FROM payments WHERE ref = ?"  # noqa: S608 - a constant
_RECEIPT = """
SELECT p.ref, p.user_id, p.course_id, p.amount_poisha, p.state, p.payment_id, p.trx_id, p.reason,
    p.updated_at_ms, c.title
FROM payments AS p JOIN courses AS c ON c.id = p.course_id WHERE p.ref = ?
"""
_MOVE = f"""
UPDATE payments SET state = ?, trx_id = ?, reason = ?, updated_at_ms = ?
WHERE ref = ? AND state IN (SELECT before FROM payment_moves WHERE after = ?)
RETURNING {_COLUMNS}
"""  # noqa: S608 - a constant
_FULFIL = """
INSERT INTO fulfilments (payment, user_id, course_id, created_at_ms)
SELECT id, user_id, course_id, ? FROM payments WHERE ref = ?
"""
_OPEN = f"""
SELECT {_COLUMNS} FROM payments
WHERE state IN ('initiated', 'created', 'executing', 'pending') AND updated_at_ms <= ?
    AND state IN (?, ?)
ORDER BY updated_at_ms LIMIT {MAX_OPEN_PAYMENTS}
"""  # noqa: S608 - a constant


def now_ms() -> int:
    """Return milliseconds since 1970 as the running loop counts them."""
    return epoch_ns() // NS_PER_MS


class PaymentLedger:
    """Move payments through their machine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def insert(self, *, ref: str, user_id: int, course_id: int, amount_poisha: int) -> Payment:
        """Write the intent, before the gateway hears of it.

        Raises:
            RowRefused: the course was deleted a moment ago.
        """
        at_ms = now_ms()
        self._database.run(_INSERT, (ref, user_id, course_id, amount_poisha, at_ms, at_ms))
        return Payment(
            ref=ref,
            user_id=user_id,
            course_id=course_id,
            amount_poisha=amount_poisha,
            state=PaymentState.INITIATED,
            updated_at_ms=at_ms,
        )

    def attach(self, *, ref: str, payment_id: str) -> bool:
        """Store bKash's name for an initiated payment; nothing, where that was done already.

        Returns:
            False: the name belongs to another payment of ours.
        """
        try:
            self._database.run(_ATTACH, (payment_id, now_ms(), ref))
        except RowRefused:
            return False
        return True

    def abandon_created(self, *, ref: str, payment_id: str | None, reason: str) -> None:
        """End a payment that nobody will execute, and keep bKash's name for it in the books."""
        with self._database.transaction():
            self._move(ref, Outcome(PaymentState.ABANDONED, reason=reason))
            if payment_id is not None:
                self._database.run(_NOTE_PAYMENT_ID, (payment_id, ref))

    def claim(self, *, ref: str, payment_id: str, attach: bool = False) -> Claim | None:
        """Find a payment and mark it executing, for one caller only.

        Args:
            ref: our name for the payment.
            payment_id: bKash's name for it.
            attach: the two are known to belong together; should that not be in the books yet
                (`late_attach`), it is written on the way.

        Returns:
            None where there is no such payment or its paymentID is another. A payment that was not
            attached is returned as it is, `INITIATED`.
        """
        if attach:
            self.attach(ref=ref, payment_id=payment_id)
        return self._leave_created(_CLAIM, (), ref, payment_id)

    def turn_back(
        self, *, ref: str, payment_id: str, outcome: Outcome, attach: bool = False
    ) -> Claim | None:
        """Find a payment and end it because its shopper came back without approving.

        One that is past `CREATED` stays as it is: a late or forged refusal moves no money back.
        Arguments and result are those of `claim`.
        """
        if attach:
            self.attach(ref=ref, payment_id=payment_id)
        values = (outcome.state.value, outcome.reason)
        return self._leave_created(_TURN_BACK, values, ref, payment_id)

    def _leave_created(
        self, statement: str, values: tuple[Value, ...], ref: str, payment_id: str
    ) -> Claim | None:
        try:
            with self._database.transaction():
                values = (*values, now_ms(), ref, payment_id)
                rows = self._database.run(statement, values).fetchall()
        except RowRefused:
            # The index of one charge: the money for this course moves, or has moved, elsewhere.
            reason = "This course is already paid, or being paid for, in another window."
            self.settle(ref=ref, outcome=Outcome(PaymentState.ABANDONED, reason=reason))
            rows = []
        if rows:
            return Claim(_payment(rows[0]), won=True)
        payment = self.find(ref)
        if payment is None or payment.payment_id not in (payment_id, None):
            return None
        return Claim(payment, won=False)

    def settle(self, *, ref: str, outcome: Outcome) -> Payment:
        """Move a payment to its outcome; a paid one owes its course from this moment.

        A move that the machine does not know changes nothing: somebody else was first.

        Returns:
            The payment as it stands now.
        """
        try:
            with self._database.transaction():
                moved = self._move(ref, outcome)
                if moved is not None and moved.state is PaymentState.PAID:
                    self._database.run(_FULFIL, (now_ms(), ref))
                return moved or self._found(ref)
        except RowRefused:
            # A receipt that pays another payment already: for a person to look at.
            reason = "bKash's answer needs to be checked by hand."
            return self.settle(ref=ref, outcome=Outcome(PaymentState.REVIEW, reason=reason))

    def _move(self, ref: str, outcome: Outcome) -> Payment | None:
        values: tuple[Value, ...] = (
            outcome.state.value,
            outcome.trx_id,
            outcome.reason,
            now_ms(),
            ref,
            outcome.state.value,
        )
        rows = self._database.run(_MOVE, values).fetchall()
        return _payment(rows[0]) if rows else None

    def find(self, ref: str) -> Payment | None:
        """Return the payment of that name, None where there is none."""
        row = self._database.run(_FIND, (ref,)).fetchone()
        return None if row is None else _payment(row)

    def _found(self, ref: str) -> Payment:
        payment = self.find(ref)
        assert payment is not None, f"payment {ref} vanished: rows are never deleted"
        return payment

    def receipt(self, ref: str) -> Receipt | None:
        """Return what the result page shows, None where there is no such payment."""
        row = self._database.run(_RECEIPT, (ref,)).fetchone()
        return None if row is None else Receipt(_payment(row[:-1]), course_title=row[-1])

    def unsettled(self) -> list[Payment]:
        """Return payments whose money may have moved, those longest unchanged first."""
        return self._open(now_ms(), PaymentState.EXECUTING, PaymentState.PENDING)

    def unfinished(self, *, until_ms: int) -> list[Payment]:
        """Return payments whose shopper did not come back, unchanged since `until_ms`."""
        return self._open(until_ms, PaymentState.INITIATED, PaymentState.CREATED)

    def _open(self, until_ms: int, *states: PaymentState) -> list[Payment]:
        values: tuple[Value, ...] = (until_ms, *(state.value for state in states))
        return [_payment(row) for row in self._database.run(_OPEN, values)]


def _payment(
    row: tuple[str, int, int, int, str, str | None, str | None, str | None, int],
) -> Payment:
    ref, user_id, course_id, amount_poisha, state, payment_id, trx_id, reason, updated_at_ms = row
    return Payment(
        ref=ref,
        user_id=user_id,
        course_id=course_id,
        amount_poisha=amount_poisha,
        state=PaymentState(state),
        payment_id=payment_id,
        trx_id=trx_id,
        reason=reason,
        updated_at_ms=updated_at_ms,
    )
