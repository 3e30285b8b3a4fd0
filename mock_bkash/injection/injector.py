"""Which fault a call meets: asked for by itself, by the shopper's wallet, or by a plan in force."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from msgspec.json import encode

from mock_bkash.admin_token import AdminToken
from mock_bkash.fault import Fault, FaultError, Kind, Moment, Subject, named_plan, wallet_plan
from mock_bkash.injection.deed import Scene, spoil
from mock_bkash.operation.work import Answer, Inbound, Work
from mock_bkash.payment import Payment, PaymentState
from mock_bkash.tenant import Tenant
from mock_bkash.wire.about import About, read_about

__all__ = ["FAULT_HEADER", "Injection", "Injector", "refuse_header"]

FAULT_HEADER: Final = b"x-mock-fault"
"""Names the fault of this one call, as `NAME[;field=value;…]`."""

MAX_SINGLES: Final = 8
"""Most faults that one header may name, separated by commas; the first that fits happens."""

_US_PER_S: Final = 1_000_000


def refuse_header(error: FaultError) -> Answer:
    """Return the answer to a header that names no fault: a test that is misspelt must not pass."""
    return Answer(400, encode({"message": f"X-Mock-Fault: {error}"}), "400")


class Injection(Struct, frozen=True):
    """Hold what a fault makes of a call.

    Attributes:
        fault: the fault.
        work: what the call does now.
        before_us, after_us: by how much it is later, before its commit and after; full scale.
    """

    fault: Fault
    work: Work
    before_us: int
    after_us: int


class Injector:
    """Choose a call's fault and prepare it."""

    def __init__(self, *, by_header: bool, admin_token: str | None = None) -> None:
        """Listen to the header X-Mock-Fault only if `by_header`, from who has the token."""
        self._by_header = by_header
        self._token = AdminToken(admin_token)

    def concerns(self, work: Work, headers: Mapping[bytes, bytes]) -> bool:
        """Tell whether there may be a fault for a call that bKash lets in; to be asked first."""
        tenant = work.tenant
        if tenant is None or not work.delayed:
            return False
        return tenant.faults.armed or (self._by_header and FAULT_HEADER in headers)

    def inject(
        self, work: Work, inbound: Inbound, *, operation: str, key: str, attempt: int
    ) -> Injection | None:
        """Return what a fault makes of a call, or None if it meets none.

        Raises:
            FaultError: the header names no fault that there is, or may not.
        """
        tenant = work.tenant
        assert tenant is not None, "concerns() was asked first"
        about = read_about(inbound.body)
        payment = tenant.payments.get(about.payment_id)
        subject = _subject(tenant, payment, about, operation=operation, key=key, attempt=attempt)
        fault = self._choose(tenant, subject, inbound.headers)
        if fault is None:
            return None
        late_us = round(fault.seconds * _US_PER_S) if fault.kind is Kind.DELAY else 0
        before = fault.moment is Moment.BEFORE
        return Injection(
            fault,
            spoil(fault, work, Scene(tenant, inbound, payment)),
            late_us if before else 0,
            0 if before else late_us,
        )

    def choose_for(
        self, tenant: Tenant, payment: Payment, *, headers: Mapping[bytes, bytes], operation: str
    ) -> Fault | None:
        """Return the fault of what happens to a payment without being a call to bKash, or None.

        Raises:
            FaultError: the header names no fault that there is, or may not.
        """
        if not tenant.faults.armed and not (self._by_header and FAULT_HEADER in headers):
            return None
        key = payment.invoice
        attempt = tenant.attempts.next(operation=operation, key=key)
        subject = _subject(tenant, payment, About(), operation=operation, key=key, attempt=attempt)
        return self._choose(tenant, subject, headers)

    def _choose(
        self, tenant: Tenant, subject: Subject, headers: Mapping[bytes, bytes]
    ) -> Fault | None:
        board, now_s = tenant.faults, tenant.clock.elapsed_s()
        header = headers.get(FAULT_HEADER) if self._by_header else None
        if header is not None:
            if not self._token.opens(headers):
                raise FaultError("this mock takes it only beside a right X-Admin-Token")
            for asked in header.decode("latin-1").split(",")[:MAX_SINGLES]:
                single = named_plan(asked.strip())
                if single.door:
                    raise FaultError("a call cannot ask for refused connections: it has arrived")
                fault = board.choose_single(single, subject, now_s=now_s)
                if fault is not None:
                    return fault
        plan = wallet_plan(subject.wallets)
        if plan is not None:
            fault = board.choose_single(plan, subject, now_s=now_s)
            if fault is not None:
                return fault
        return board.choose(subject, now_s=now_s)


def _subject(
    tenant: Tenant,
    payment: Payment | None,
    about: About,
    *,
    operation: str,
    key: str,
    attempt: int,
) -> Subject:
    if payment is None:
        return Subject(
            operation=operation,
            key=key,
            attempt=attempt,
            app_key=tenant.app_key,
            invoice=about.invoice,
            payment_id=about.payment_id,
            wallets=(about.payer_reference,),
        )
    executed = payment.state is PaymentState.COMPLETED
    return Subject(
        operation=operation,
        key=key,
        attempt=attempt,
        app_key=tenant.app_key,
        invoice=payment.invoice,
        payment_id=payment.payment_id,
        wallets=(payment.wallet, payment.payer_reference),
        executed_s_ago=(tenant.clock.epoch_ms() - payment.executed_ms) / 1000 if executed else None,
    )
