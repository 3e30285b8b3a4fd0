"""How the admin API shows things: plain JSON values, with no secret and no whole wallet number."""

from mock_bkash.admin.shape import (
    CaptureShown,
    CountersShown,
    JournalShown,
    LedgerShown,
    PaymentShown,
    RefundShown,
    TimelineShown,
)
from mock_bkash.journal import Call, Journal
from mock_bkash.ledger import Capture, Refund
from mock_bkash.payment import Payment
from mock_bkash.tenant import Tenant
from mock_bkash.wire import format_time

__all__ = [
    "show_counters",
    "show_journal",
    "show_ledger",
    "show_payment",
    "show_timeline",
]


def show_payment(payment: Payment) -> PaymentShown:
    """Return what anybody may know about a payment."""
    return {
        "payment_id": payment.payment_id,
        "mode": payment.mode,
        "intent": payment.intent or None,
        "state": payment.state,
        "amount_poisha": payment.amount_poisha,
        "currency": payment.currency,
        "invoice": payment.invoice,
        "payer_reference": payment.payer_reference,
        "wallet": _mask(payment.wallet),
        "trx_id": payment.trx_id or None,
        "agreement_id": payment.agreement_id or None,
        "created_at": format_time(payment.created_ms),
        "executed_at": format_time(payment.executed_ms) if payment.executed_ms else None,
        "settled_at": format_time(payment.settled_ms) if payment.settled_ms else None,
        "declined_with": payment.declined_with or None,
        "calls": len(payment.calls),
    }


def show_ledger(tenant: Tenant) -> LedgerShown:
    """Return every movement of money that is kept, and exact sums."""
    ledger = tenant.ledger
    return {
        "app_key": tenant.app_key,
        "captures": [_show_capture(capture) for capture in ledger.captures],
        "refunds": [_show_refund(refund) for refund in ledger.refunds],
        "total_poisha": ledger.captured_poisha,
        "refunded_poisha": ledger.refunded_poisha,
        "captures_forgotten": ledger.forgotten,
    }


def show_counters(tenant: Tenant) -> CountersShown:
    """Return the exact counts of an app key since it became known or was reset."""
    journal, budget = tenant.journal, tenant.token_budget
    return {
        "app_key": tenant.app_key,
        "calls": dict(journal.calls),
        "errors": dict(journal.errors),
        "payments_created": tenant.payments.created,
        "connections": journal.connections,
        "token_limit": {
            "over_limit": budget.over_limit,
            "blocks": budget.blocks,
            "blocked": tenant.clock.elapsed_s() < budget.blocked_until_s,
        },
    }


def show_journal(app_key: str, journal: Journal) -> JournalShown:
    """Return exact totals per operation, and the last calls in full."""
    return {
        "app_key": app_key,
        "totals": dict(journal.calls),
        "capacity": journal.capacity,
        "calls": list(journal.kept),
    }


def show_timeline(tenant: Tenant, payment: Payment) -> TimelineShown:
    """Return the calls of a payment by their arrival.

    Beside those that named it, the token calls of the same trace that the journal still keeps.
    """
    traces = {call.trace for call in payment.calls if call.trace}
    related = {call.number: call for call in tenant.journal.kept if call.trace in traces}
    calls = related | {call.number: call for call in payment.calls}
    return {
        "app_key": tenant.app_key,
        "payment_id": payment.payment_id,
        "state": payment.state,
        "calls": sorted(calls.values(), key=_arrival),
    }


def _show_capture(capture: Capture) -> CaptureShown:
    return {
        "payment_id": capture.payment_id,
        "trx_id": capture.trx_id,
        "amount_poisha": capture.amount_poisha,
        "currency": capture.currency,
        "invoice": capture.invoice,
        "captured_at": format_time(capture.captured_ms),
    }


def _show_refund(refund: Refund) -> RefundShown:
    return {
        "payment_id": refund.payment_id,
        "refund_trx_id": refund.refund_trx_id,
        "amount_poisha": refund.amount_poisha,
        "sku": refund.sku,
        "reason": refund.reason,
        "refunded_at": format_time(refund.refunded_ms),
    }


def _arrival(call: Call) -> tuple[int, int]:
    return call.arrival_ns, call.number


def _mask(wallet: str) -> str | None:
    return f"{wallet[:3]}*****{wallet[-3:]}" if wallet else None
