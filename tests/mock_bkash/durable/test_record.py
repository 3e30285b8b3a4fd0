"""What is kept, as bytes."""

from mock_bkash import MockConfig
from mock_bkash.durable.record import (
    read_payment_record,
    read_tenant_record,
    write_payment_record,
    write_tenant_record,
)
from mock_bkash.journal import Call
from mock_bkash.ledger import Capture
from mock_bkash.payment import Payment, PaymentState
from mock_bkash.tenant import Credentials, Tenants

CALL = Call(1, "create_payment", 1, "", 0, 0, 0, 0, 0, 1, True, 200, "0000")


async def test_a_merchant_survives_the_round_trip():
    """No secret among what is kept but as a digest."""
    credentials = Credentials.of(username="u", password=b"canary-1", app_secret="canary-2")
    tenant = Tenants(MockConfig()).open("shop", credentials)
    tenant.token_budget.spend(5.0)
    body = write_tenant_record(tenant, wall_ms=7)
    record = read_tenant_record(body)
    assert (record.app_key, record.username, record.wall_ms) == ("shop", "u", 7)
    assert record.secrets == credentials.secrets
    assert record.spent_ms == (tenant.clock.epoch_at_ms(5.0),)
    assert b"canary" not in body


async def test_a_payment_survives_with_what_hangs_on_it():
    """Its calls belong to the run and stay there."""
    tenant = Tenants(MockConfig()).open("shop", Credentials(username="u", secrets=b"s"))
    payment = Payment(
        payment_id="TR1",
        mode="0011",
        amount_text="10.00",
        amount_poisha=1000,
        currency="BDT",
        intent="sale",
        invoice="i",
        payer_reference="r",
        callback_url="http://shop.test/",
        created_ms=1,
        state=PaymentState.COMPLETED,
        trx_id="T1",
        calls=(CALL,),
    )
    tenant.payments.add(payment)
    capture = Capture(
        payment_id="TR1",
        trx_id="T1",
        amount_poisha=1000,
        currency="BDT",
        invoice="i",
        captured_ms=2,
    )
    tenant.ledger.add(capture)
    record = read_payment_record(write_payment_record(tenant, payment))
    assert (record.capture, record.refunds, record.agreement) == (capture, (), None)
    assert record.payment.calls == ()
    assert payment.calls == (CALL,)
    assert (record.payment.state, record.payment.amount_text) == (PaymentState.COMPLETED, "10.00")
