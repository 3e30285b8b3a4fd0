"""Where money moved."""

from mock_bkash.ledger import Capture, Ledger


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
    assert ledger.find("X1") is captures[1]
    assert ledger.find("X9") is None
