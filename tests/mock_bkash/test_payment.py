"""The life of a payment."""

import pytest
from hypothesis import given, strategies as st

from mock_bkash.journal import Call
from mock_bkash.payment import (
    LIFE_MS,
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
    (PaymentState.INITIATED, Move.EXPIRE): PaymentState.EXPIRED,
    (PaymentState.APPROVED, Move.DECLINE): PaymentState.DECLINED,
    (PaymentState.APPROVED, Move.CANCEL): PaymentState.CANCELLED,
    (PaymentState.APPROVED, Move.EXPIRE): PaymentState.EXPIRED,
    (PaymentState.APPROVED, Move.EXECUTE): PaymentState.COMPLETED,
    (PaymentState.APPROVED, Move.AUTHORIZE): PaymentState.AUTHORIZED,
    (PaymentState.AUTHORIZED, Move.CAPTURE): PaymentState.COMPLETED,
    (PaymentState.AUTHORIZED, Move.VOID): PaymentState.VOIDED,
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
    """The whole table: 11 legal moves, 53 illegal ones that change nothing."""
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
    taken = done.count(Move.EXECUTE) + done.count(Move.CAPTURE)
    assert taken <= 1
    assert (subject.state is PaymentState.COMPLETED) is bool(taken)
    assert not taken or done in (
        [Move.APPROVE, Move.EXECUTE],
        [Move.APPROVE, Move.AUTHORIZE, Move.CAPTURE],
    )


def test_the_timeline_is_bounded():
    """A payment polled for ever keeps its first calls."""
    subject = payment()
    for number in range(MAX_TIMELINE_CALLS + 5):
        subject.note(Call(number, "query_payment", 1, "", 0, 0, 0, 0, 0, 1, False, 200, "0000"))
    assert [call.number for call in subject.calls] == list(range(MAX_TIMELINE_CALLS))


@pytest.mark.parametrize("state", PaymentState)
@pytest.mark.parametrize("now_ms", [LIFE_MS - 1, LIFE_MS])
def test_what_waits_expires_after_24_hours(state: PaymentState, now_ms: int):
    """Not a millisecond earlier, and nothing that was settled."""
    subject = payment()
    subject.state = state
    subject.age(now_ms)
    waits = state in (PaymentState.INITIATED, PaymentState.APPROVED)
    expired = waits and now_ms == LIFE_MS
    assert subject.state is (PaymentState.EXPIRED if expired else state)


def test_a_declined_payment_knows_why():
    """By bKash's code."""
    subject = payment()
    subject.decline("2023")
    assert (subject.state, subject.declined_with) == (PaymentState.DECLINED, "2023")
    with pytest.raises(IllegalMove):
        subject.decline("2029")
    assert subject.declined_with == "2023"
