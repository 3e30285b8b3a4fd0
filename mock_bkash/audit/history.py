"""Invariant g: what merchants say of states, against their own machine and the gateway's."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from msgspec import UNSET

from mock_bkash.audit.books import Books
from mock_bkash.audit.finding import Finding, Violation
from mock_bkash.audit.view import (
    ENDED_AGREEMENTS,
    FINAL_STATES,
    AgreementView,
    MerchantPayment,
)

__all__ = ["check_histories"]

_HELD: Final = frozenset({"authorized", "voided"})
"""States of money on hold; all others are told by captures."""

_ACTIVE: Final = "active"

Machine = Mapping[str, Sequence[str]]


def check_histories(books: Books) -> Finding:
    """Look at invariant g."""
    payments = [p for p in books.payments or () if p.history is not UNSET or p.status in _HELD]
    if not payments and not books.agreements:
        return Finding(reason="no payment states its history")
    violations = [
        Violation(invariant="g", payment_id=p.payment_id, ref=p.ref, message=message)
        for p in payments
        for message in _payment_faults(books, p)
    ] + [
        Violation(invariant="g", payment_id=None, ref=a.ref, message=message)
        for a in books.agreements
        for message in _agreement_faults(books, a)
    ]
    return Finding(checked=len(payments) + len(books.agreements), violations=violations)


def _payment_faults(books: Books, payment: MerchantPayment) -> Iterator[str]:
    if payment.history is not UNSET:
        yield from _missteps(payment.history, payment.status)
        for before, after in pairwise(payment.history):
            if not _is_step(before, after, books.machine):
                yield _misstep(before, after)
    truth = books.truth.payment_states.get(payment.payment_id or "")
    if truth is not None and payment.status in _HELD and payment.status != truth:
        yield f"the books say {payment.status!r}, the gateway {str(truth)!r}"


def _agreement_faults(books: Books, agreement: AgreementView) -> Iterator[str]:
    if agreement.history is not UNSET:
        yield from _missteps(agreement.history, agreement.status)
        for before, after in pairwise(agreement.history):
            stays = before in ENDED_AGREEMENTS or (before == _ACTIVE and after != "cancelled")
            if stays:
                yield _misstep(before, after)
    truth = books.truth.agreement_states.get(agreement.agreement_id or "")
    says_active, is_active = agreement.status == _ACTIVE, truth == _ACTIVE
    if says_active != is_active:
        known = "knows no such agreement" if truth is None else f"{str(truth)!r}"
        yield f"the books say {agreement.status!r}, the gateway {known}"


def _missteps(history: Sequence[str], status: str) -> Iterator[str]:
    if not history:
        yield "the history is empty"
    elif history[-1] != status:
        yield f"the history ends in {history[-1]!r}, but it stands at {status!r}"


def _misstep(before: str, after: str) -> str:
    return f"{after!r} must not follow {before!r}"


def _is_step(before: str, after: str, machine: Machine | None) -> bool:
    if machine is not None:
        return after in machine.get(before, ())
    return before not in FINAL_STATES or (before, after) == ("paid", "refunded")
