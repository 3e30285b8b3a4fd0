"""What is kept of a merchant and of a payment, as bytes."""

from msgspec import Struct, structs
from msgspec.msgpack import Decoder, Encoder

from mock_bkash.agreement import Agreement
from mock_bkash.ledger import Capture, Refund
from mock_bkash.payment import AGREEMENT, Payment
from mock_bkash.tenant import Tenant

__all__ = [
    "PaymentRecord",
    "TenantRecord",
    "read_payment_record",
    "read_tenant_record",
    "write_payment_record",
    "write_tenant_record",
]


class TenantRecord(Struct, frozen=True):
    """Hold what is known of a merchant.

    Attributes:
        app_key, username, secrets: as in `mock_bkash.tenant.Credentials`.
        epoch_ms: what its clock showed when this was written.
        wall_ms: what the wall clock showed then; it goes on while the mock is down.
        spent_ms, blocked_until_ms, over_limit, blocks: its token budget, by its clock.
    """

    app_key: str
    username: str
    secrets: bytes
    epoch_ms: int
    wall_ms: int
    spent_ms: tuple[int, ...]
    blocked_until_ms: int
    over_limit: int
    blocks: int


class PaymentRecord(Struct, frozen=True):
    """Hold a payment, what was captured and given back of it, and the agreement it brought."""

    payment: Payment
    capture: Capture | None
    refunds: tuple[Refund, ...]
    agreement: Agreement | None


_encode = Encoder().encode

read_tenant_record = Decoder(TenantRecord).decode
"""Read a merchant; raises `msgspec.DecodeError`."""

read_payment_record = Decoder(PaymentRecord).decode
"""Read a payment; raises `msgspec.DecodeError`."""


def write_tenant_record(tenant: Tenant, *, wall_ms: int) -> bytes:
    """Return what is to be kept of a merchant."""
    budget, clock = tenant.token_budget, tenant.clock
    return _encode(
        TenantRecord(
            app_key=tenant.app_key,
            username=tenant.credentials.username,
            secrets=tenant.credentials.secrets,
            epoch_ms=clock.epoch_ms(),
            wall_ms=wall_ms,
            spent_ms=tuple(clock.epoch_at_ms(spent_s) for spent_s in budget.spent_s),
            blocked_until_ms=clock.epoch_at_ms(budget.blocked_until_s),
            over_limit=budget.over_limit,
            blocks=budget.blocks,
        )
    )


def write_payment_record(tenant: Tenant, payment: Payment) -> bytes:
    """Return what is to be kept of a payment; its calls belong to the run."""
    payment_id, ledger = payment.payment_id, tenant.ledger
    brought = payment.agreement_id if payment.mode == AGREEMENT else ""
    return _encode(
        PaymentRecord(
            payment=structs.replace(payment, calls=()),
            capture=ledger.capture_of(payment_id),
            refunds=tuple(ledger.refunds_of(payment_id)),
            agreement=tenant.agreements.find(brought) if brought else None,
        )
    )
