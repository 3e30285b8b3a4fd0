"""The duplicate rule."""

import pytest

from mock_bkash import duplicate
from mock_bkash.duplicate import DuplicateWatch
from mock_bkash.payment import Payment

WALLET = "01770618575"


def payment(
    *, amount_poisha: int = 1000, at_ms: int = 0, wallet: str = WALLET, by_shopper: bool = True
) -> Payment:
    return Payment(
        payment_id="TR1",
        mode="0011",
        amount_text="10",
        amount_poisha=amount_poisha,
        currency="BDT",
        intent="sale",
        invoice="i",
        payer_reference="r",
        callback_url="http://shop.test/",
        created_ms=0,
        executed_ms=at_ms,
        wallet=wallet,
        by_shopper=by_shopper,
    )


@pytest.mark.parametrize(
    ("again", "wallet", "now_ms", "forbidden"),
    [
        (payment(), WALLET, 299_999, True),
        (payment(), WALLET, 300_000, False),
        (payment(), "01929918378", 1, False),
        (payment(amount_poisha=1001), WALLET, 1, False),
    ],
)
def test_one_wallet_pays_one_amount_once_within_the_window(again, wallet, now_ms, forbidden):
    """To the millisecond; another wallet or amount is another payment."""
    watch = DuplicateWatch(window_s=300.0)
    watch.note(payment())
    assert watch.forbids(again, wallet=wallet, now_ms=now_ms) is forbidden


@pytest.mark.parametrize(
    ("window_s", "noted"), [(0.0, payment()), (300.0, payment(by_shopper=False))]
)
def test_the_rule_is_off_where_it_would_forbid_a_second_customer(window_s, noted):
    """Without a window, and for wallets that nobody entered."""
    watch = DuplicateWatch(window_s=window_s)
    watch.note(noted)
    assert not watch.forbids(payment(), wallet=WALLET, now_ms=1)


def test_the_last_payment_counts(monkeypatch):
    """And the oldest wallets are let go."""
    monkeypatch.setattr(duplicate, "MAX_WATCHED", 2)
    watch = DuplicateWatch(window_s=1.0)
    for at_ms, wallet in ((0, "a"), (500, "b"), (900, "a"), (950, "c")):
        watch.note(payment(at_ms=at_ms, wallet=wallet))
    assert watch.forbids(payment(), wallet="a", now_ms=1800)
    assert not watch.forbids(payment(), wallet="b", now_ms=1000)
    assert watch.forbids(payment(), wallet="c", now_ms=1800)
