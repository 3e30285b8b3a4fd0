"""Where money moved."""

from mock_bkash.ledger import Capture, Ledger, Refund


def test_captures_are_kept_in_order_and_found_by_transaction():
    """The ledger only grows."""
    ledger = Ledger()
    captures = tuple(
        Capture(
            payment_id=f"TR{n}",
            trx_id=f"X{n}",
            amount_poisha=n,
            currency="BDT",
            invoice="i",
            captured_ms=n,
        )
        for n in range(3)
    )
    for capture in captures:
        ledger.add(capture)
    assert ledger.captures == captures
    assert ledger.payment_of("X1") == "TR1"
    assert ledger.payment_of("X9") is None
    assert ledger.captured_poisha == 3


def refund(trx_id: str, amount_poisha: int) -> Refund:
    return Refund(
        payment_id="TR1",
        refund_trx_id=trx_id,
        amount_text="",
        amount_poisha=amount_poisha,
        sku="s",
        reason="r",
        refunded_ms=0,
    )


def booked() -> Ledger:
    ledger = Ledger()
    ledger.add(
        Capture(
            payment_id="TR1",
            trx_id="X1",
            amount_poisha=1000,
            currency="BDT",
            invoice="i",
            captured_ms=0,
        )
    )
    return ledger


def test_refunds_lessen_what_can_be_refunded():
    """And are found by their own transaction."""
    ledger = booked()
    ledger.add_refund(refund("R1", 300))
    ledger.add_refund(refund("R2", 200))
    assert ledger.refundable_poisha("TR1") == 500
    assert ledger.refundable_poisha("TR9") == 0
    assert ledger.payment_of("R2") == "TR1"
    assert [r.refund_trx_id for r in ledger.refunds] == ["R1", "R2"]
    assert ledger.refunded_poisha == 500


def test_money_on_hold_is_found_and_not_counted():
    """It has a transaction and no capture."""
    ledger = Ledger()
    ledger.hold(payment_id="TR1", trx_id="X1")
    assert ledger.payment_of("X1") == "TR1"
    assert (ledger.captures, ledger.captured_poisha) == ((), 0)


def test_what_is_forgotten_stays_in_the_sums():
    """A long run keeps its totals and no memory of single payments."""
    ledger = booked()
    ledger.add_refund(refund("R1", 300))
    ledger.forget("TR1", trx_id="X1")
    ledger.forget("TR2", trx_id="")
    assert (ledger.captures, ledger.refunds, ledger.forgotten) == ((), (), 1)
    assert (ledger.captured_poisha, ledger.refunded_poisha) == (1000, 300)
    assert ledger.payment_of("X1") is ledger.payment_of("R1") is None
