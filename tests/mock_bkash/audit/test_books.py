"""Ledger and views side by side."""

from mock_bkash.audit.books import Books, Truth
from mock_bkash.audit.view import AuditRequest, MerchantPayment
from mock_bkash.ledger import Capture


def capture(payment_id: str, amount_poisha: int) -> Capture:
    return Capture(
        payment_id=payment_id,
        trx_id="X",
        amount_poisha=amount_poisha,
        currency="BDT",
        invoice="i",
        captured_ms=0,
    )


def payment(payment_id: str | None, **more) -> MerchantPayment:
    return MerchantPayment(
        ref="r",
        order="o",
        payment_id=payment_id,
        amount_poisha=1,
        invoice="i",
        status="paid",
        **more,
    )


def test_money_is_summed_per_payment():
    """A payment captured twice took twice the money; one without an id took none."""
    request = AuditRequest(app_key="k", payments=[payment("TR1"), payment(None)])
    books = Books(request, Truth(captures=[capture("TR1", 5), capture("TR1", 7)]))
    assert books.captured_poisha(payment("TR1")) == 12
    assert books.captured_poisha(payment(None)) == 0
    assert list(books.payments_of) == ["TR1"]


def test_the_merchants_own_age_comes_first():
    """Then the gateway's; else nobody knows."""
    books = Books(AuditRequest(app_key="k"), Truth(created_s_ago={"TR1": 9.0}))
    assert books.age_s(payment("TR1", age_s=4.0)) == 4.0
    assert books.age_s(payment("TR1")) == 9.0
    assert books.age_s(payment(None)) is None
