"""Terms of refunds."""

import pytest

from mock_bkash.ledger import Refund
from mock_bkash.operation.refund_terms import REFUND_V1, REFUND_V2, RefundTerms, check_texts

DAY_MS = 24 * 3600 * 1000


def refund(amount_poisha: int, at_ms: int = 0) -> Refund:
    return Refund(
        payment_id="TR1",
        refund_trx_id="R1",
        amount_text="",
        amount_poisha=amount_poisha,
        sku="s",
        reason="r",
        refunded_ms=at_ms,
    )


def judge(terms: RefundTerms, amount: int, *before: Refund, age_ms: int = 0, now_ms: int = 0):
    return terms.judge(amount, before, captured_poisha=1000, age_ms=age_ms, now_ms=now_ms)


@pytest.mark.parametrize(("terms", "days"), [(REFUND_V1, 15), (REFUND_V2, 60)])
def test_the_window_ends_after_its_days(terms: RefundTerms, days: int):
    """Not a millisecond earlier."""
    assert judge(terms, 1, age_ms=days * DAY_MS) is None
    assert judge(terms, 1, age_ms=days * DAY_MS + 1) == "2071"


def test_v1_gives_money_back_once():
    """Even where some is left."""
    assert judge(REFUND_V1, 500) is None
    assert judge(REFUND_V1, 400, refund(500)) == "2034"


def test_v2_gives_money_back_ten_times():
    """Each in part, and never more than was taken."""
    before = [refund(10 + n) for n in range(9)]
    assert judge(REFUND_V2, 1, *before) is None
    assert judge(REFUND_V2, 1, *before, refund(99)) == "2074"
    assert judge(REFUND_V2, 400, refund(600)) is None
    assert judge(REFUND_V2, 401, refund(600)) == "2072"


def test_an_equal_refund_within_ten_minutes_is_a_repetition():
    """Another amount is not, and later it is none any more."""
    assert judge(REFUND_V2, 300, refund(300), now_ms=599_999) == "2029"
    assert judge(REFUND_V2, 301, refund(300), now_ms=599_999) is None
    assert judge(REFUND_V2, 300, refund(300), now_ms=600_000) is None


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({}, None),
        ({"sku": " "}, "2073"),
        ({"sku": "s" * 255}, None),
        ({"sku": "s" * 256}, "2075"),
        ({"reason": ""}, "2078"),
        ({"reason": "r" * 256}, "2076"),
        ({"amount_text": "0"}, "2072"),
        ({"amount_text": "-1"}, "2072"),
        ({"amount_text": "1.234"}, "2072"),
        ({"amount_text": "0.01"}, None),
    ],
)
def test_texts_are_checked_one_by_one(texts: dict[str, str], code: str | None):
    """In bKash's codes."""
    assert check_texts(**{"amount_text": "5", "sku": "s", "reason": "r", **texts}) == code
