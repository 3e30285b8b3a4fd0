"""The intent to pay: named, traced, and durable before bKash hears of it."""

from hashlib import blake2b
from itertools import count

from harness.client import epoch_ns
from harness.merchant.callback_state import StateSigner
from harness.merchant.store import Payment, Store
from harness.merchant.wish import Wish
from harness.trace import TraceContext, current_trace

__all__ = ["Intents", "follow_trace"]


class Intents:
    """Write intents into the books."""

    def __init__(self, store: Store, signer: StateSigner) -> None:
        self._store = store
        self._signer = signer
        self._numbers = count(1)

    async def write(self, wish: Wish, *, amount_poisha: int) -> Payment:
        """Write a new payment and return it; it is durable then.

        Raises:
            StoreUnavailable: the database did not take it.
        """
        ref = self._new_ref()
        follow_trace(ref)
        return await self._store.insert_payment(
            ref=ref, user_id=wish.user_id, course_id=wish.course_id, amount_poisha=amount_poisha
        )

    def _new_ref(self) -> str:
        # Unique in this process by the number, among processes by the time, and not to be foreseen
        # without the key.
        return f"P{self._signer.derive(f'{epoch_ns()}/{next(self._numbers)}').upper()}"


def follow_trace(ref: str) -> None:
    """Give the running task a trace made from the ref, if its caller sent none."""
    if current_trace.get() is None:
        trace = blake2b(ref.encode(), digest_size=16).hexdigest()
        current_trace.set(TraceContext(trace_id=trace))
