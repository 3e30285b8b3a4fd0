"""The life of a payment."""

import pytest
from hypothesis import given, strategies as st

from mock_bkash.journal import Call
from mock_bkash.payment import (
    MAX_TIMELINE_CALLS,
    IllegalMove,
    Move,
    Payment,
    PaymentState,
    next_state,
)

LEGAL = {
    (PaymentState.INITIATED, Move.APPROVE): PaymentState.APPROVED,
    (PaymentState.INITIATED, Move.DECLINE): PaymentState.DECLINED,
    (PaymentState.INITIATED, Move.CANCEL): PaymentState.CANCELLED,
    (PaymentState.APPROVED, Move.CANCEL): PaymentState.CANCELLED,
    (PaymentState.APPROVED, Move.EXECUTE): PaymentState.COMPLETED,
}


def payment() -> Payment:
    return Payment(
        payment_id="TR1",
        mode="0011",
        amount_text="10",
        amount_poisha=1000,
        currency="BDT",
        intent="sale",
        invoice="i",
        payer_reference="r",
        callback_url="http://shop.test/",
        created_ms=0,
    )


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", PaymentState)
def test_every_move_is_legal_or_refused(state: PaymentState, move: Move):
    """The whole table: 5 legal moves, 15 illegal ones that change nothing."""
    expected = LEGAL.get((state, move))
    if expected is not None:
        assert next_state(state, move) is expected
        return
    subject = payment()
    subject.state = state
    with pytest.raises(IllegalMove, match=f"a payment that is {state} cannot {move}"):
        subject.make(move)
    assert subject.state is state


@given(moves=st.lists(st.sampled_from(Move), max_size=40))
def test_a_payment_is_executed_at_most_once(moves: list[Move]):
    """Whatever is tried in whatever order, money moves once, and only after an approval."""
    subject, done = payment(), []
    for move in moves:
        try:
            subject.make(move)
            done.append(move)
        except IllegalMove:
            pass
    assert done.count(Move.EXECUTE) <= 1
    assert Move.EXECUTE not in done or done == [Move.APPROVE, Move.EXECUTE]


def test_the_timeline_is_bounded():
    """A payment polled for ever keeps its first calls."""
    subject = payment()
    for number in range(MAX_TIMELINE_CALLS + 5):
        subject.note(Call(number, "query_payment", 1, "", 0, 0, 0, 0, 0, 1, False, 200, "0000"))
    assert [call.number for call in subject.calls] == list(range(MAX_TIMELINE_CALLS))
