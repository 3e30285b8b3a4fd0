"""Create: an order in, a payment and the address of its customer page out."""

import re
from functools import partial
from typing import Final

from mock_bkash.agreement import Agreement, AgreementState
from mock_bkash.config import ApproveMode
from mock_bkash.identifier import Identifiers
from mock_bkash.operation.asked import CreateRequest
from mock_bkash.operation.consent import find_agreement
from mock_bkash.operation.order import Order, read_order
from mock_bkash.operation.outcome import Created, Done, Outcome, Refusal, Task
from mock_bkash.operation.work import Inbound
from mock_bkash.payment import AGREEMENT, BY_AGREEMENT, Move, Payment
from mock_bkash.tenant import Tenant
from mock_bkash.wallet import DEFAULT_WALLET

__all__ = ["CreatePayment"]

_AGREEMENT_OPERATION: Final = "create_agreement"
_HOST: Final = re.compile(rb"[A-Za-z0-9.\-_:\[\]]{1,255}")
_NO_HOST: Final = b"127.0.0.1"


class CreatePayment:
    """Serve create in all its modes."""

    name = "create_payment"

    def __init__(
        self,
        *,
        identifiers: Identifiers,
        approve: ApproveMode,
        public_url: str | None,
        needs_reference: bool = True,
    ) -> None:
        self._identifiers = identifiers
        self._auto = approve is ApproveMode.AUTO
        self._public_url = public_url
        self._needs_reference = needs_reference

    def prepare(self, tenant: Tenant, body: CreateRequest, inbound: Inbound) -> Task[Created]:
        """Check the order; the payment comes into being when the work is done."""
        order = read_order(body, needs_reference=self._needs_reference)
        name = _AGREEMENT_OPERATION if body.mode == AGREEMENT else ""
        key = str(body.payer_reference if body.invoice is None else body.invoice)
        if isinstance(order, str):
            return Task(key, partial(Refusal, order), name)
        origin = self._origin(inbound)
        if order.mode == BY_AGREEMENT:
            return Task(key, partial(self._create_by_agreement, tenant, order, origin))
        return Task(key, partial(self._create, tenant, order, origin), name)

    def _create_by_agreement(self, tenant: Tenant, order: Order, origin: str) -> Outcome[Created]:
        agreement = find_agreement(tenant, order.agreement_id)
        if isinstance(agreement, str):
            return Refusal(agreement)
        if agreement.state is AgreementState.CANCELLED:
            return Refusal("2053")
        return self._create(tenant, order, origin, agreement)

    def _create(
        self, tenant: Tenant, order: Order, origin: str, agreement: Agreement | None = None
    ) -> Outcome[Created]:
        epoch_ms = tenant.clock.epoch_ms()
        payment = Payment(
            payment_id=self._payment_id(order.mode, epoch_ms),
            mode=order.mode,
            amount_text=order.amount_text,
            amount_poisha=order.amount_poisha,
            currency=order.currency,
            intent=order.intent,
            invoice=order.invoice,
            payer_reference=order.payer_reference,
            callback_url=order.callback_url,
            created_ms=epoch_ms,
            agreement_id=order.agreement_id,
        )
        if agreement is not None:
            payment.wallet, payment.by_shopper = agreement.wallet, agreement.by_shopper
        if self._auto:
            payment.make(Move.APPROVE)
            payment.wallet = payment.wallet or DEFAULT_WALLET
        tenant.payments.add(payment)
        page_hash = self._identifiers.page_hash(payment.payment_id)
        return Done(Created(payment, origin, page_hash), payment)

    def _payment_id(self, mode: str, epoch_ms: int) -> str:
        if mode == AGREEMENT:
            return self._identifiers.agreement_payment_id(epoch_ms=epoch_ms)
        return self._identifiers.payment_id(mode=mode, epoch_ms=epoch_ms)

    def _origin(self, inbound: Inbound) -> str:
        # The shopper reaches the page by the name under which the merchant reaches the mock.
        if self._public_url is not None:
            return self._public_url
        host = inbound.headers.get(b"host", _NO_HOST)
        return f"http://{(host if _HOST.fullmatch(host) else _NO_HOST).decode()}"
