"""The payments that are kept."""

import pytest

from mock_bkash import payment_book
from mock_bkash.journal import Call
from mock_bkash.ledger import Capture, Ledger
from mock_bkash.payment import Payment
from mock_bkash.payment_book import PaymentBook

CALL = Call(1, "create_payment", 1, "", 0, 0, 0, 0, 0, 1, True, 200, "0000")


def payment(number: int) -> Payment:
    return Payment(
        payment_id=f"TR{number}",
        mode="0011",
        amount_text="10",
        amount_poisha=1000,
        currency="BDT",
        intent="sale",
        invoice="i",
        payer_reference="r",
        callback_url="http://shop.test/",
        created_ms=0,
        trx_id=f"X{number}",
        calls=(CALL,),
    )


def fill(book: PaymentBook, ledger: Ledger, count: int) -> None:
    for number in range(count):
        made = payment(number)
        book.add(made)
        ledger.add(
            Capture(
                payment_id=made.payment_id,
                trx_id=made.trx_id,
                amount_poisha=1000,
                currency="BDT",
                invoice="i",
                captured_ms=0,
            )
        )


def test_the_newest_payments_are_kept_with_their_captures():
    """The others stay in the sums."""
    ledger = Ledger()
    book = PaymentBook(capacity=3, ledger=ledger)
    fill(book, ledger, 5)
    assert list(book) == ["TR2", "TR3", "TR4"]
    assert [kept.payment_id for kept in book.values()] == list(book)
    assert (len(book), book.created) == (3, 5)
    assert [capture.payment_id for capture in ledger.captures] == list(book)
    assert (ledger.forgotten, ledger.captured_poisha) == (2, 5000)
    assert ledger.payment_of("X0") is None


def test_a_payment_is_found_by_its_id():
    """Or is not there."""
    book = PaymentBook(capacity=3, ledger=Ledger())
    book.add(payment(1))
    assert book.get("TR1") is book["TR1"]
    assert book.get("TR2") is None
    assert "TR1" in book
    assert "TR2" not in book


def test_timelines_go_before_payments(monkeypatch: pytest.MonkeyPatch):
    """Half of what a payment weighs are its calls."""
    monkeypatch.setattr(payment_book, "TIMELINES", 2)
    ledger = Ledger()
    book = PaymentBook(capacity=9, ledger=ledger)
    fill(book, ledger, 4)
    assert [len(kept.calls) for kept in book.values()] == [0, 0, 1, 1]


def test_settled_payments_are_given_up_and_not_missed(monkeypatch: pytest.MonkeyPatch):
    """Who was audited leaves book and ledger, but is no forgotten capture; sums stay."""
    monkeypatch.setattr(payment_book, "TIMELINES", 2)
    ledger = Ledger()
    book = PaymentBook(capacity=9, ledger=ledger)
    fill(book, ledger, 4)
    settled = book.settle(["TR1", "TR3", "unknown"])
    assert [payment.payment_id for payment in settled] == ["TR1", "TR3"]
    assert list(book) == ["TR0", "TR2"]
    assert [capture.payment_id for capture in ledger.captures] == ["TR0", "TR2"]
    assert (book.created, ledger.forgotten) == (4, 0)
    assert ledger.captured_poisha == 4000
    book.add(payment(7))
    assert list(book) == ["TR0", "TR2", "TR7"]
