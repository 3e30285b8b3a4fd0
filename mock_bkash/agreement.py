"""Agreements: a shopper lets a merchant take payments from a wallet with the PIN alone.

(a payment of mode 0000 is executed) ──▶ active ──cancel──▶ cancelled
"""

from enum import StrEnum

from msgspec import Struct

__all__ = ["Agreement", "AgreementState", "Agreements"]


class AgreementState(StrEnum):
    """Say where an agreement stands."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


class Agreement(Struct, gc=False, kw_only=True):
    """Hold one agreement.

    Attributes:
        agreement_id: bKash's id.
        payment_id: of the payment of mode 0000 that brought it.
        payer_reference: as the merchant sent it.
        wallet: the shopper's number.
        by_shopper: whether a shopper gave that number, and not the mock itself.
        created_ms, executed_ms, cancelled_ms: modelled times, ms since 1970 UTC; 0: not yet.
    """

    agreement_id: str
    payment_id: str
    payer_reference: str
    wallet: str
    by_shopper: bool
    created_ms: int
    executed_ms: int
    cancelled_ms: int = 0

    @property
    def state(self) -> AgreementState:
        """Return where it stands."""
        return AgreementState.CANCELLED if self.cancelled_ms else AgreementState.ACTIVE


class Agreements:
    """Keep the agreements of one app key, the newest `capacity` of them."""

    __slots__ = ("_active", "_by_id", "_capacity")

    def __init__(self, *, capacity: int) -> None:
        self._capacity = capacity
        self._by_id: dict[str, Agreement] = {}
        self._active: dict[tuple[str, str], str] = {}

    def add(self, agreement: Agreement) -> None:
        """Take in an agreement; the oldest makes room for it."""
        if len(self._by_id) >= self._capacity:
            self._drop(next(iter(self._by_id.values())))
        self._by_id[agreement.agreement_id] = agreement
        if agreement.state is AgreementState.ACTIVE:
            self._active[_parties(agreement)] = agreement.agreement_id

    def cancel(self, agreement: Agreement, *, now_ms: int) -> None:
        """End an active agreement."""
        assert agreement.state is AgreementState.ACTIVE, "an agreement is cancelled once"
        agreement.cancelled_ms = now_ms
        self._retire(agreement)

    def find(self, agreement_id: str) -> Agreement | None:
        """Return an agreement, or None."""
        return self._by_id.get(agreement_id)

    def between(self, *, wallet: str, payer_reference: str) -> Agreement | None:
        """Return the active agreement with a wallet under a reference, or None."""
        agreement_id = self._active.get((wallet, payer_reference))
        return None if agreement_id is None else self._by_id[agreement_id]

    def all(self) -> tuple[Agreement, ...]:
        """Return them, oldest first."""
        return tuple(self._by_id.values())

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._by_id)

    def _drop(self, agreement: Agreement) -> None:
        del self._by_id[agreement.agreement_id]
        self._retire(agreement)

    def _retire(self, agreement: Agreement) -> None:
        parties = _parties(agreement)
        if self._active.get(parties) == agreement.agreement_id:
            del self._active[parties]


def _parties(agreement: Agreement) -> tuple[str, str]:
    return agreement.wallet, agreement.payer_reference
