"""How things are shown."""

from mock_bkash.admin.exhibit import show_payment
from mock_bkash.payment import Move, Payment


def test_what_is_not_yet_is_null():
    """No empty texts and no 1970 for what has not happened."""
    payment = Payment(
        payment_id="TR1",
        mode="0011",
        amount_text="10",
        amount_poisha=1000,
        currency="BDT",
        intent="sale",
        invoice="i",
        payer_reference="r",
        callback_url="http://s/",
        created_ms=0,
    )
    shown = show_payment(payment)
    assert (shown["trx_id"], shown["executed_at"], shown["wallet"]) == (None, None, None)
    assert (shown["declined_with"], shown["state"]) == (None, "initiated")
    payment.make(Move.APPROVE)
    payment.wallet, payment.executed_ms = "01770618575", 1
    assert show_payment(payment)["wallet"] == "017*****575"
    assert show_payment(payment)["executed_at"] == "1970-01-01T06:00:00:001 GMT+0600"
