"""Whether an answer speaks of what was asked: the same payment, amount, currency and invoice.

An answer that contradicts the order is not news about it, however successful it calls itself.
"""

from harness.client.payment import (
    CreatedPayment,
    PaymentStatus,
    Terms,
    Transaction,
    TransactionStatus,
)
from harness.client.text import is_header_safe, printable
from harness.client.wire import Reply, read_amount_poisha

__all__ = ["Contradiction", "read_created", "read_status", "read_transaction"]

_MAX_ID_CHARS = 255
_MAX_URL_CHARS = 4_096
_MAX_SHOWN_CHARS = 64

_STATUSES = {status.value: status for status in TransactionStatus}


class Contradiction(ValueError):
    """An answer lacks what it must say, or says something else than was asked."""


def read_created(reply: Reply, *, terms: Terms, schemes: tuple[str, ...]) -> CreatedPayment:
    """Return the created payment.

    Args:
        reply: a successful answer to create.
        terms: what was asked for.
        schemes: how the address may begin to which the shopper is sent ("https://").

    Raises:
        Contradiction: no usable id or address, or other terms than were asked for.
    """
    payment_id = _identifier(reply.payment_id, "paymentID")
    url = reply.bkash_url or ""
    if not (url.startswith(schemes) and is_header_safe(url, max_chars=_MAX_URL_CHARS)):
        raise Contradiction("the address to send the shopper to is missing or unusable")
    _check_terms(reply, terms)
    return CreatedPayment(payment_id=payment_id, bkash_url=url)


def read_status(reply: Reply, *, payment_id: str, terms: Terms | None) -> PaymentStatus:
    """Return where a payment stands.

    Args:
        reply: a successful answer to execute or query.
        payment_id: what was asked about.
        terms: what the payment must be for; None where the caller does not know.

    Raises:
        Contradiction: another payment, other terms, or completed without amount or receipt.
    """
    if reply.payment_id != payment_id:
        raise Contradiction("it speaks of another payment")
    status = _STATUSES.get(reply.transaction_status or "", TransactionStatus.OTHER)
    trx_id = None
    if status is TransactionStatus.COMPLETED:
        trx_id = _identifier(reply.trx_id, "trxID")
        _check_complete(reply)
    if terms is not None:
        _check_terms(reply, terms)
    return PaymentStatus(
        payment_id=payment_id,
        status=status,
        trx_id=trx_id,
        amount_poisha=read_amount_poisha(reply.amount),
        currency=reply.currency,
        invoice=reply.invoice or reply.queried_invoice,
    )


def read_transaction(reply: Reply, *, trx_id: str) -> Transaction:
    """Return what stands behind a receipt.

    Raises:
        Contradiction: another receipt, or no amount.
    """
    if reply.trx_id != trx_id:
        raise Contradiction("it speaks of another receipt")
    amount_poisha = read_amount_poisha(reply.amount)
    if amount_poisha is None or reply.currency is None:
        raise Contradiction("it has no amount")
    status = _STATUSES.get(reply.transaction_status or "", TransactionStatus.OTHER)
    return Transaction(trx_id, status, amount_poisha, reply.currency)


def _identifier(text: str | None, name: str) -> str:
    if text is None or not is_header_safe(text, max_chars=_MAX_ID_CHARS):
        raise Contradiction(f"{name} is missing or unusable")
    return text


def _check_complete(reply: Reply) -> None:
    if read_amount_poisha(reply.amount) is None or reply.currency is None:
        raise Contradiction("it says completed without a readable amount")


def _check_terms(reply: Reply, terms: Terms) -> None:
    """Compare whatever the answer says of the terms; create and query leave some of it out."""
    amount_poisha = read_amount_poisha(reply.amount)
    if bytes(reply.amount) and amount_poisha != terms.amount_poisha:
        said = "an unreadable amount" if amount_poisha is None else f"{amount_poisha} poisha"
        raise Contradiction(f"asked for {terms.amount_poisha} poisha, answered with {said}")
    if reply.currency not in (None, terms.currency):
        said = printable(reply.currency, max_chars=_MAX_SHOWN_CHARS)
        raise Contradiction(f"asked for {terms.currency}, answered in {said!r}")
    for invoice in (reply.invoice, reply.queried_invoice):
        if invoice not in (None, terms.invoice):
            raise Contradiction("it speaks of another invoice")
