"""When bKash's name for a payment is stored: before the shopper is sent there, or afterwards.

Afterwards is safe because the callback URL carries our own name for the payment, signed.
"""

from typing import Protocol

from harness.merchant.later import Later
from harness.merchant.rejection import Reason, Rejection
from harness.merchant.store import Outcome, PaymentState, Store

__all__ = ["MAX_PENDING", "Attachment", "ImmediateAttachment", "LateAttachment"]

MAX_PENDING = 10_000
"""Most names that may wait to be stored; beyond it answers wait, which also slows the flood."""


class Attachment(Protocol):
    """Store bKash's name for a payment."""

    async def attach(self, *, ref: str, payment_id: str) -> None:
        """See to it that the name gets stored.

        Raises:
            Rejection: bKash gave us the name of another payment.
        """

    def is_pending(self, *, ref: str, payment_id: str) -> bool:
        """Tell whether exactly this name is known and not stored yet."""


class ImmediateAttachment:
    """Store the name before the answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def attach(self, *, ref: str, payment_id: str) -> None:
        """Store the name now."""
        if not await self._store.attach_payment(ref=ref, payment_id=payment_id):
            message = "bKash named the payment like another one. Try again."
            outcome = Outcome(PaymentState.ABANDONED, reason=message)
            await self._store.update_payment(ref=ref, outcome=outcome)
            raise Rejection(Reason.GATEWAY_UNREADABLE, message)

    def is_pending(self, *, ref: str, payment_id: str) -> bool:
        """Return False: what was answered was stored."""
        del ref, payment_id
        return False


class LateAttachment:
    """Store the name after the answer, and know it until then."""

    def __init__(self, store: Store, later: Later) -> None:
        self._store = store
        self._later = later
        self._pending: dict[str, str] = {}

    async def attach(self, *, ref: str, payment_id: str) -> None:
        """Begin to store the name, and do not wait."""
        full = len(self._pending) >= MAX_PENDING
        self._pending[ref] = payment_id
        task = self._later.spawn(self._attach(ref, payment_id))
        if full:
            await task

    async def _attach(self, ref: str, payment_id: str) -> None:
        # A name that could not be stored stays known: the callback will bring and store it.
        await self._store.attach_payment(ref=ref, payment_id=payment_id)
        del self._pending[ref]

    def is_pending(self, *, ref: str, payment_id: str) -> bool:
        """Tell whether exactly this name is known and not stored yet."""
        return self._pending.get(ref) == payment_id
