"""A mock's state out of its file: merchants as they were, their clocks gone on meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime

from mock_bkash.config import MockConfig
from mock_bkash.durable.record import PaymentRecord, TenantRecord
from mock_bkash.durable.state_file import StateFile
from mock_bkash.tenant import Credentials, Tenant, Tenants

__all__ = ["revive"]

_MS_PER_S = 1000


def revive(state: StateFile, tenants: Tenants, config: MockConfig) -> None:
    """Bring all merchants in a file back to life; needs a running loop, for their clocks.

    Raises:
        StateError: the file cannot be read.
    """
    wall_ms = round(datetime.now(UTC).timestamp() * _MS_PER_S)
    for record in state.tenants():
        payments = list(state.payments(record.app_key))
        epoch_ms = _epoch_ms(record, payments, wall_ms=wall_ms, time_scale=config.time_scale)
        tenant = tenants.revive(
            record.app_key,
            Credentials(username=record.username, secrets=record.secrets),
            replace(config, started_at=datetime.fromtimestamp(epoch_ms / _MS_PER_S, UTC)),
        )
        _restore_tokens(state, tenant, record)
        for payment in payments:
            _restore_payment(tenant, payment)


def _epoch_ms(
    record: TenantRecord, payments: list[PaymentRecord], *, wall_ms: int, time_scale: float
) -> int:
    # The clock ran on while nobody looked, and never back, even if the wall clock was set back.
    shown_ms = record.epoch_ms + max(0, wall_ms - record.wall_ms) / time_scale
    latest_ms = [max(p.payment.created_ms, p.payment.executed_ms) for p in payments]
    return max(round(shown_ms), *latest_ms, 0)


def _restore_tokens(state: StateFile, tenant: Tenant, record: TenantRecord) -> None:
    clock, budget = tenant.clock, tenant.token_budget
    shelves = {"id": tenant.id_tokens, "refresh": tenant.refresh_tokens}
    for kind, digest, expires_ms in state.tokens(record.app_key):
        shelves[kind].put_back(digest, expiry_s=clock.elapsed_at_s(expires_ms))
    budget.spent_s.extend(clock.elapsed_at_s(spent_ms) for spent_ms in record.spent_ms)
    budget.blocked_until_s = clock.elapsed_at_s(record.blocked_until_ms)
    budget.over_limit, budget.blocks = record.over_limit, record.blocks


def _restore_payment(tenant: Tenant, record: PaymentRecord) -> None:
    payment, ledger = record.payment, tenant.ledger
    tenant.payments.add(payment)
    if record.capture is not None:
        ledger.add(record.capture)
    elif payment.trx_id:
        ledger.hold(payment_id=payment.payment_id, trx_id=payment.trx_id)
    for refund in record.refunds:
        ledger.add_refund(refund)
    if record.agreement is not None:
        tenant.agreements.add(record.agreement)
    if payment.trx_id:
        tenant.duplicates.note(payment)
