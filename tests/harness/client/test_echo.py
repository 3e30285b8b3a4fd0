"""Laws of believing an answer."""

import json

import pytest

from harness.client import CreatedPayment, Terms, Transaction, TransactionStatus
from harness.client.echo import Contradiction, read_created, read_status, read_transaction
from harness.client.wire import Reply, decode_reply

TERMS = Terms(amount_poisha=149_900, invoice="inv-1")
HTTPS = ("https://",)

CREATED = {
    "paymentID": "TR1",
    "bkashURL": "https://payment.bkash.com/?paymentId=TR1",
    "amount": "1499",
    "currency": "BDT",
    "merchantInvoiceNumber": "inv-1",
}
COMPLETED = {
    "paymentID": "TR1",
    "trxID": "6I3801RD1Q",
    "amount": "1499.00",
    "currency": "BDT",
    "transactionStatus": "Completed",
    "merchantInvoice": "inv-1",
}


def reply(fields: dict[str, object], **changed: object) -> Reply:
    fields = {key: value for key, value in {**fields, **changed}.items() if value is not None}
    decoded = decode_reply(json.dumps(fields).encode())
    assert decoded is not None
    return decoded


def test_an_answer_that_repeats_the_order_is_believed():
    """Amounts are compared as money, not as text: 1499 is 1499.00."""
    created = read_created(reply(CREATED), terms=TERMS, schemes=HTTPS)
    assert created == CreatedPayment("TR1", "https://payment.bkash.com/?paymentId=TR1")
    status = read_status(reply(COMPLETED), payment_id="TR1", terms=TERMS)
    assert status.status is TransactionStatus.COMPLETED
    assert (status.trx_id, status.amount_poisha, status.invoice) == ("6I3801RD1Q", 149_900, "inv-1")


@pytest.mark.parametrize(
    "changed",
    [
        {"paymentID": None},
        {"paymentID": ""},
        {"paymentID": "TR 1"},
        {"paymentID": "x" * 256},
        {"bkashURL": None},
        {"bkashURL": "javascript:alert(1)"},
        {"bkashURL": "http://payment.bkash.com/"},
        {"bkashURL": "https://a/\r\nSet-Cookie: x"},
        {"amount": "14.99"},
        {"amount": "1e3"},
        {"amount": {}},
        {"currency": "USD"},
        {"merchantInvoiceNumber": "inv-2"},
    ],
    ids=str,
)
def test_a_create_that_contradicts_the_order_is_not_believed(changed: dict[str, object]):
    """No shopper is sent to an address, or to a payment, that was not asked for."""
    with pytest.raises(Contradiction):
        read_created(reply(CREATED, **changed), terms=TERMS, schemes=HTTPS)


@pytest.mark.parametrize("left_out", ["amount", "currency", "merchantInvoiceNumber"])
def test_a_create_may_leave_terms_out(left_out: str):
    """Not every version of bKash repeats them, and no money moves by a create."""
    read_created(reply(CREATED, **{left_out: None}), terms=TERMS, schemes=HTTPS)


@pytest.mark.parametrize(
    "changed",
    [
        {"paymentID": "TR2"},
        {"paymentID": None},
        {"trxID": None},
        {"trxID": ""},
        {"amount": None},
        {"amount": "1498.99"},
        {"currency": None},
        {"currency": "USD"},
        {"merchantInvoice": "inv-2"},
        {"merchantInvoice": None, "merchantInvoiceNumber": "inv-2"},
    ],
    ids=str,
)
def test_r35_money_is_not_believed_in_unless_payment_amount_currency_and_invoice_agree(
    changed: dict[str, object],
):
    """An execute or query that speaks of something else says nothing about this payment."""
    with pytest.raises(Contradiction):
        read_status(reply(COMPLETED, **changed), payment_id="TR1", terms=TERMS)


def test_a_payment_that_is_not_completed_needs_no_receipt():
    """Query says `Initiated` without one, and a receipt beside it would not count."""
    status = read_status(
        reply(COMPLETED, transactionStatus="Initiated"), payment_id="TR1", terms=TERMS
    )
    assert (status.status, status.trx_id) == (TransactionStatus.INITIATED, None)


@pytest.mark.parametrize("said", ["completed", "Pending Authorized", None])
def test_a_status_that_is_not_known_is_other(said: str | None):
    """Nothing but the exact word means money."""
    status = read_status(reply(COMPLETED, transactionStatus=said), payment_id="TR1", terms=None)
    assert status.status is TransactionStatus.OTHER


def test_without_terms_a_status_is_only_checked_for_its_payment():
    """Whoever does not know the order can still ask."""
    assert read_status(reply(COMPLETED), payment_id="TR1", terms=None).amount_poisha == 149_900


def test_a_receipt_is_read_exactly():
    """A search tells amount and currency."""
    fields = {"trxID": "6I38", "amount": "20", "currency": "BDT", "transactionStatus": "Completed"}
    expected = Transaction("6I38", TransactionStatus.COMPLETED, 2_000, "BDT")
    assert read_transaction(reply(fields), trx_id="6I38") == expected


@pytest.mark.parametrize("changed", [{"trxID": "7AF9"}, {"amount": None}, {"currency": None}])
def test_a_search_that_speaks_of_something_else_is_not_believed(changed: dict[str, object]):
    """Another receipt, or no amount, is no answer."""
    fields = {"trxID": "6I38", "amount": "20", "currency": "BDT"}
    with pytest.raises(Contradiction):
        read_transaction(reply(fields, **changed), trx_id="6I38")
