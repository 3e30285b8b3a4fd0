"""The eight invariants of a merchant's books, each a function from books to a finding.

a  captures per order: at most one
b  money captured = money of paid orders, in integer poisha
c  every captured payment is exactly one of the merchant's, of the same amount, currency, invoice;
   and no shopper was told that it failed
d  no order paid without a capture; and no shopper told so
e  no payment left open past the horizon
f  no order delivered twice, none delivered unpaid
g  every history of states is a path of the allowed machine, and ends where the payment stands;
   authorizations and agreements stand where they stand at the gateway
h  refunds of a payment: at most what it captured, and in the books if the gateway made them
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import UNSET

from mock_bkash.audit.books import Books
from mock_bkash.audit.finding import Finding, Violation
from mock_bkash.audit.history import check_histories
from mock_bkash.audit.view import MerchantPayment
from mock_bkash.ledger import Capture

__all__ = ["INVARIANTS"]

_NO_BOOKS: Final = "the merchant's payments were not given"


def check_captures_per_order(books: Books) -> Finding:
    """Look at invariant a."""
    if books.payments is None:
        return Finding(reason=_NO_BOOKS)
    captures: dict[str, list[Capture]] = defaultdict(list)
    for order, payment_id in {(p.order, p.payment_id) for p in books.payments if p.payment_id}:
        captures[order] += books.captures_of.get(payment_id, ())
    violations = [
        _violation("a", found[-1], f"order {order!r} was captured {len(found)} times")
        for order, found in captures.items()
        if len(found) > 1
    ]
    return Finding(checked=len({p.order for p in books.payments}), violations=violations)


def check_totals(books: Books) -> Finding:
    """Look at invariant b."""
    if books.payments is None:
        return Finding(reason=_NO_BOOKS)
    captured = sum(capture.amount_poisha for capture in books.captures)
    paid = sum(payment.amount_poisha for payment in books.payments if payment.says_paid)
    violations = [
        _violation("b", payment, f"captured, but the merchant says {payment.status!r}")
        for payment in books.payments
        if not payment.says_paid and books.captured_poisha(payment)
    ]
    if captured != paid:
        message = f"{captured} poisha captured, {paid} poisha in paid orders"
        violations.append(_violation("b", None, message))
    return Finding(checked=len(books.captures), violations=violations)


def check_captures_are_known(books: Books) -> Finding:
    """Look at invariant c."""
    failed = {view.payment_id for view in books.payer if view.shown == "failed"}
    if books.payments is None and not books.payer:
        return Finding(reason="neither payments nor shoppers' views were given")
    violations = [
        _violation("c", capture, message)
        for capture in books.captures
        for message in _mismatches(books, capture, failed)
    ]
    return Finding(checked=len(books.captures), violations=violations)


def check_paid_is_captured(books: Books) -> Finding:
    """Look at invariant d."""
    if books.payments is None and not books.payer:
        return Finding(reason="neither payments nor shoppers' views were given")
    paid = [payment for payment in books.payments or () if payment.says_paid]
    told = [view for view in books.payer if view.shown == "paid"]
    violations = [
        _violation("d", payment, f"{payment.status!r} without a capture")
        for payment in paid
        if not books.captured_poisha(payment)
    ] + [
        Violation(
            invariant="d",
            payment_id=view.payment_id,
            ref=None,
            message="the shopper was told 'paid' without a capture",
        )
        for view in told
        if view.payment_id not in books.captures_of
    ]
    return Finding(checked=len(paid) + len(told), violations=violations)


def check_all_ended(books: Books) -> Finding:
    """Look at invariant e."""
    if books.payments is None:
        return Finding(reason=_NO_BOOKS)
    violations = [
        _violation("e", payment, f"still {payment.status!r}{_overdue(books, payment)}")
        for payment in books.payments
        if not payment.is_final and _should_have_ended(books, payment)
    ]
    return Finding(checked=len(books.payments), violations=violations)


def check_delivered_once(books: Books) -> Finding:
    """Look at invariant f."""
    counted = [
        (payment, payment.fulfilments)
        for payment in books.payments or ()
        if payment.fulfilments is not UNSET
    ]
    if not counted:
        return Finding(reason="no payment states its fulfilments")
    violations = [
        _violation("f", payment, f"delivered {times} times")
        for payment, times in counted
        if times > 1
    ] + [
        _violation("f", payment, f"delivered though {payment.status!r}")
        for payment, times in counted
        if times and not payment.says_paid
    ]
    return Finding(checked=len(counted), violations=violations)


def check_refunds(books: Books) -> Finding:
    """Look at invariant h."""
    stated = [
        (payment, payment.refunded_poisha)
        for payment in books.payments or ()
        if payment.refunded_poisha is not UNSET
    ]
    if not stated and not books.refunded_of:
        return Finding(reason="no payment states its refunds, and the gateway made none")
    violations = [
        _violation("h", payment, message)
        for payment, refunded in stated
        for message in _refund_faults(books, payment, refunded)
    ] + [
        Violation(invariant="h", payment_id=payment_id, ref=None, message=_excess(given, captured))
        for payment_id, given in books.refunded_of.items()
        if given > (captured := books.captured_of(payment_id))
    ]
    return Finding(checked=len(stated) or len(books.refunded_of), violations=violations)


INVARIANTS: Final[Mapping[str, Callable[[Books], Finding]]] = {
    "a": check_captures_per_order,
    "b": check_totals,
    "c": check_captures_are_known,
    "d": check_paid_is_captured,
    "e": check_all_ended,
    "f": check_delivered_once,
    "g": check_histories,
    "h": check_refunds,
}
"""How to look at each."""


def _violation(invariant: str, about: MerchantPayment | Capture | None, message: str) -> Violation:
    return Violation(
        invariant=invariant,
        payment_id=None if about is None else about.payment_id,
        ref=about.ref if isinstance(about, MerchantPayment) else None,
        message=message,
    )


def _excess(refunded: int, captured: int) -> str:
    return f"{refunded} poisha refunded of {captured} captured"


def _refund_faults(books: Books, payment: MerchantPayment, refunded: int) -> Iterator[str]:
    captured = books.captured_poisha(payment)
    if not 0 <= refunded <= captured:
        yield _excess(refunded, captured)
    given = books.refunded_of.get(payment.payment_id or "", 0)
    if refunded < given:
        yield f"the gateway gave {given} poisha back, the books say {refunded}"


def _mismatches(books: Books, capture: Capture, failed: Iterable[str]) -> Iterator[str]:
    if capture.payment_id in failed:
        yield "the shopper was told 'failed', but the money was taken"
    if books.payments is None:
        return
    known = books.payments_of.get(capture.payment_id, ())
    if len(known) != 1:
        yield f"the capture belongs to {len(known)} of the merchant's payments, not to one"
    for payment in known:
        for field in ("amount_poisha", "currency", "invoice"):
            captured, booked = getattr(capture, field), getattr(payment, field)
            if captured != booked:
                yield f"{field}: {captured!r} captured, {booked!r} in the merchant's books"


def _should_have_ended(books: Books, payment: MerchantPayment) -> bool:
    if books.horizon_s is None:
        return not payment.waits_for_shopper
    age_s = books.age_s(payment)
    # What bKash never heard of has no age; only an audit that wants all ended can judge it.
    return books.horizon_s == 0 if age_s is None else age_s > books.horizon_s


def _overdue(books: Books, payment: MerchantPayment) -> str:
    age_s = books.age_s(payment)
    return "" if age_s is None else f" after {age_s:.1f} s"
