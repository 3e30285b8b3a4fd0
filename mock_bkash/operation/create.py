"""Create: an order in, a payment and the address of its customer page out."""

import re
from functools import partial
from typing import Final

from mock_bkash.config import ApproveMode
from mock_bkash.identifier import Identifiers
from mock_bkash.operation.order import Order, read_order
from mock_bkash.operation.work import (
    MALFORMED,
    Answer,
    Inbound,
    Work,
    refusal,
    refuse_at_once,
)
from mock_bkash.payment import Move, Payment
from mock_bkash.tenant import Tenant
from mock_bkash.wallet import DEFAULT_WALLET
from mock_bkash.wire import SUCCESSFUL
from mock_bkash.wire.tokenized import (
    MODE_CHECKOUT,
    CreateBody,
    MalformedBody,
    page_link,
    write_created,
)

__all__ = ["CreatePayment"]

_HOST: Final = re.compile(rb"[A-Za-z0-9.\-_:\[\]]{1,255}")
_NO_HOST: Final = b"127.0.0.1"


class CreatePayment:
    """Serve create in mode 0011."""

    name = "create_payment"

    def __init__(
        self, *, identifiers: Identifiers, approve: ApproveMode, public_url: str | None
    ) -> None:
        self._identifiers = identifiers
        self._auto = approve is ApproveMode.AUTO
        self._public_url = public_url

    def prepare(self, tenant: Tenant, body: CreateBody, inbound: Inbound) -> Work:
        """Check the order; the payment comes into being when the work is done."""
        key = "" if body.invoice is None else str(body.invoice)
        try:
            order = read_order(body)
        except MalformedBody:
            return refuse_at_once(MALFORMED, tenant)
        if isinstance(order, str):
            return Work(tenant, key, partial(refusal, order))
        return Work(tenant, key, partial(self._create, tenant, order, self._origin(inbound)))

    def _create(self, tenant: Tenant, order: Order, origin: str) -> Answer:
        epoch_ms = tenant.clock.epoch_ms()
        payment = Payment(
            payment_id=self._identifiers.payment_id(mode=MODE_CHECKOUT, epoch_ms=epoch_ms),
            mode=MODE_CHECKOUT,
            amount_text=order.amount_text,
            amount_poisha=order.amount_poisha,
            # The checked words themselves, which all payments share, not the request's copies.
            currency="BDT",
            intent="sale",
            invoice=order.invoice,
            payer_reference=order.payer_reference,
            callback_url=order.callback_url,
            created_ms=epoch_ms,
        )
        if self._auto:
            payment.make(Move.APPROVE)
            payment.wallet = DEFAULT_WALLET
        tenant.payments[payment.payment_id] = payment
        page_url = page_link(
            origin=origin,
            payment_id=payment.payment_id,
            page_hash=self._identifiers.page_hash(payment.payment_id),
            mode=payment.mode,
            epoch_ms=epoch_ms,
        )
        return Answer(200, write_created(payment, page_url=page_url), SUCCESSFUL, payment)

    def _origin(self, inbound: Inbound) -> str:
        # The shopper reaches the page by the name under which the merchant reaches the mock.
        if self._public_url is not None:
            return self._public_url
        host = inbound.headers.get(b"host", _NO_HOST)
        return f"http://{(host if _HOST.fullmatch(host) else _NO_HOST).decode()}"
