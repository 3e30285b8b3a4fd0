"""Laws of the desk: what bKash says becomes what our books need."""

from types import SimpleNamespace
from typing import Any

import pytest

from harness.client import Completed, Declined, PaymentStatus, StillUnknown, TransactionStatus
from harness.errors import (
    GatewayProtocolError,
    NotSent,
    OutcomeUnknown,
    PaymentError,
    Refused,
)
from harness.merchant.callback_state import StateSigner
from harness.merchant.gateway_desk import GatewayDesk
from harness.merchant.rejection import Reason, Rejection
from harness.merchant.store import Outcome, Payment, PaymentState, StoreUnavailable
from harness.simulation import run_virtual

PAYMENT = Payment(
    "P1", user_id=1, course_id=2, amount_poisha=100, state=PaymentState.EXECUTING, payment_id="TR1"
)
UNKNOWN = OutcomeUnknown("no answer", phase="execute_payment")


def desk_of(reply: Any, closed: list[Outcome] | None = None) -> GatewayDesk:
    """Return a desk whose client answers or raises `reply`."""

    async def call(*arguments: Any, **keywords: Any) -> Any:
        if isinstance(reply, Exception):
            raise reply
        return reply

    async def update_payment(*, ref: str, outcome: Outcome) -> None:
        assert closed is not None
        closed.append(outcome)

    return GatewayDesk(
        client=SimpleNamespace(execute=call, query=call, create=call),
        store=SimpleNamespace(update_payment=update_payment),
        signer=StateSigner("secret"),
        public_url="http://shop.test/",
    )


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Completed("TR1", "TRX"), Outcome(PaymentState.PAID, trx_id="TRX")),
        (
            Declined("TR1", "2023", "Insufficient Balance."),
            Outcome(PaymentState.DECLINED, reason="bKash says: “Insufficient Balance”."),
        ),
        (StillUnknown("TR1", UNKNOWN), Outcome(PaymentState.PENDING)),
        (UNKNOWN, Outcome(PaymentState.PENDING)),
        (GatewayProtocolError("what", phase="execute_payment"), Outcome(PaymentState.PENDING)),
        (StoreUnavailable("locked"), Outcome(PaymentState.PENDING)),
        (
            NotSent("refused", phase="execute_payment"),
            Outcome(PaymentState.CREATED, reason="bKash could not be reached."),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_executes_end_is_one_of_a_closed_set(reply: Any, outcome: Outcome):
    """In doubt it is pending, never failed."""
    assert run_virtual(desk_of(reply).execute(PAYMENT, deadline=None)) == outcome


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (TransactionStatus.COMPLETED, PaymentState.PAID),
        (TransactionStatus.CANCELLED, PaymentState.DECLINED),
        (TransactionStatus.DECLINED, PaymentState.DECLINED),
        (TransactionStatus.EXPIRED, PaymentState.DECLINED),
        (TransactionStatus.INITIATED, None),
        (TransactionStatus.AUTHORIZED, None),
        (TransactionStatus.OTHER, None),
    ],
)
def test_a_question_is_answered_or_left_open(status: Any, state: PaymentState | None):
    """Only bKash's final words end a payment."""
    trx_id = "TRX" if state is PaymentState.PAID else None
    reply = PaymentStatus("TR1", status, trx_id=trx_id, invoice="P1")
    outcome = run_virtual(desk_of(reply).ask(PAYMENT))
    assert (None if outcome is None else outcome.state) == state


@pytest.mark.parametrize(
    ("reply", "known"),
    [
        (PaymentStatus("TR1", TransactionStatus.INITIATED, invoice="P1"), True),
        (PaymentStatus("TR1", TransactionStatus.INITIATED, invoice="P2"), False),
        (PaymentStatus("TR1", TransactionStatus.INITIATED), False),
        (GatewayProtocolError("another amount", phase="query_payment"), False),
        (
            Refused("no", phase="query_payment", status_code="2002", status_message="Invalid"),
            False,
        ),
    ],
    ids=str,
)
def test_whose_payment_it_is_is_told_by_its_invoice(reply: Any, known: bool):
    """Anything but our own name for it is somebody else's."""
    assert run_virtual(desk_of(reply).knows(PAYMENT, payment_id="TR1")) is known


def test_silence_about_whose_payment_it_is_is_no_answer():
    """It is not guessed."""
    with pytest.raises(Rejection) as caught:
        run_virtual(desk_of(UNKNOWN).knows(PAYMENT, payment_id="TR1"))
    assert caught.value.reason is Reason.GATEWAY_TIMEOUT


REFUSED = {"status_code": "2006", "status_message": "Invalid amount."}


@pytest.mark.parametrize(
    ("error", "reason", "state"),
    [
        (
            Refused("no", phase="create_payment", **REFUSED),
            Reason.GATEWAY_REFUSED,
            PaymentState.DECLINED,
        ),
        (
            Refused("no", phase="token_grant", **REFUSED),
            Reason.GATEWAY_UNREACHABLE,
            PaymentState.ABANDONED,
        ),
        (
            NotSent("no", phase="create_payment"),
            Reason.GATEWAY_UNREACHABLE,
            PaymentState.ABANDONED,
        ),
        (
            OutcomeUnknown("no", phase="create_payment"),
            Reason.GATEWAY_TIMEOUT,
            PaymentState.ABANDONED,
        ),
        (
            GatewayProtocolError("no", phase="create_payment"),
            Reason.GATEWAY_UNREADABLE,
            PaymentState.ABANDONED,
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_failed_create_is_explained_and_its_row_closed(
    error: PaymentError, reason: Reason, state: PaymentState
):
    """What may be shown to a shopper is shown; credentials are not their business."""
    closed: list[Outcome] = []
    with pytest.raises(Rejection) as caught:
        run_virtual(desk_of(error, closed).create(PAYMENT, deadline=None))
    assert caught.value.reason is reason
    assert [outcome.state for outcome in closed] == [state]
