"""The payments of one app key, newest first to be asked for and oldest first to be forgotten.

A gateway under load makes a million payments an hour, and a test asks for those of the last minute.
So the timelines of old payments go first, then the payments themselves with their ledger entries.
"""

from collections import OrderedDict, deque
from collections.abc import Collection, Iterator, ValuesView
from typing import Final

from mock_bkash.ledger import Ledger
from mock_bkash.payment import Payment

__all__ = ["TIMELINES", "PaymentBook"]

TIMELINES: Final = 10_000
"""Payments whose calls are kept: half of what a payment weighs."""


class PaymentBook:
    """Keep the newest `capacity` payments.

    Attributes:
        created: payments ever taken in.
        capacity: how many are kept.
    """

    __slots__ = ("_by_id", "_ledger", "_timelines", "capacity", "created")

    def __init__(self, *, capacity: int, ledger: Ledger) -> None:
        """Take the `ledger` whose entries go with their payments."""
        self.capacity = capacity
        self.created = 0
        self._ledger = ledger
        # A plain dict looks for its first key among all that were deleted before it.
        self._by_id: OrderedDict[str, Payment] = OrderedDict()
        self._timelines: deque[Payment] = deque()

    def add(self, payment: Payment) -> None:
        """Take in a payment; the oldest makes room for it."""
        by_id, timelines = self._by_id, self._timelines
        if len(timelines) >= TIMELINES:
            timelines.popleft().calls = ()
        timelines.append(payment)
        if len(by_id) >= self.capacity:
            _, oldest = by_id.popitem(last=False)
            self._ledger.forget(oldest.payment_id, trx_id=oldest.trx_id)
        by_id[payment.payment_id] = payment
        self.created += 1

    def settle(self, payment_ids: Collection[str]) -> list[Payment]:
        """Give up payments that were audited, with their ledger entries, and return them."""
        settled = [self._by_id.pop(key) for key in payment_ids if key in self._by_id]
        for payment in settled:
            self._ledger.forget(payment.payment_id, trx_id=payment.trx_id, audited=True)
        self._timelines = deque(p for p in self._timelines if p.payment_id in self._by_id)
        return settled

    def get(self, payment_id: str) -> Payment | None:
        """Return a payment, or None."""
        return self._by_id.get(payment_id)

    def values(self) -> ValuesView[Payment]:
        """Return the payments, oldest first."""
        return self._by_id.values()

    def __getitem__(self, payment_id: str) -> Payment:
        """Return a payment that is known to be there."""
        return self._by_id[payment_id]

    def __contains__(self, payment_id: str) -> bool:
        """Tell whether a payment is kept."""
        return payment_id in self._by_id

    def __iter__(self) -> Iterator[str]:
        """Go through the ids, oldest first."""
        return iter(self._by_id)

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._by_id)
