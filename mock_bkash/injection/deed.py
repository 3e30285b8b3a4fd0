"""What a call does under a fault, and what there is then to answer.

The call's own work is done as a whole or not at all, at its commit point, as always.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from msgspec import Struct, structs

from mock_bkash.fault import Fault, Kind
from mock_bkash.injection.body import PAGE, alter_body, break_json, message_body
from mock_bkash.operation.guarded import bare_token
from mock_bkash.operation.work import UNAUTHORIZED, Answer, Inbound, Work
from mock_bkash.payment import Payment, PaymentState
from mock_bkash.tenant import Tenant
from mock_bkash.wire.tokenized import write_refusal

__all__ = ["Scene", "spoil"]

Act = Callable[[], Answer]

_SILENT: Final = frozenset({Kind.RESET, Kind.CLOSE, Kind.HANG, Kind.HALF_SENT})
"""Kinds that leave the client without an answer."""


class Scene(Struct, frozen=True):
    """Hold where a fault happens.

    Attributes:
        tenant: whose call it is.
        inbound: the request.
        payment: that it is about, if there is one.
    """

    tenant: Tenant
    inbound: Inbound
    payment: Payment | None


def spoil(fault: Fault, work: Work, scene: Scene) -> Work:
    """Return the work with what the fault makes of it."""
    if fault.kind is Kind.TOKEN_REVOKED:
        return structs.replace(work, act=partial(_revoke, scene), delayed=False)
    truth = partial(_nothing, fault, scene) if fault.spares else _carried_out(fault, work, scene)
    at_once = fault.kind is Kind.HALF_SENT
    return structs.replace(work, act=partial(_answer, fault, work, truth), delayed=not at_once)


def _revoke(scene: Scene) -> Answer:
    scene.tenant.id_tokens.revoke(bare_token(scene.inbound.headers))
    return UNAUTHORIZED


def _nothing(fault: Fault, scene: Scene) -> Answer:
    # There is no code for what never happened, so the journal gets the fault's name.
    return Answer(200, b"{}", str(fault.kind), scene.payment)


def _carried_out(fault: Fault, work: Work, scene: Scene) -> Act:
    if fault.kind is Kind.DUPLICATE:
        return partial(_twice, work.act, first=fault.answer == "first")
    if fault.kind is Kind.LAG:
        assert scene.payment is not None, "only an executed payment can lag"
        return partial(_as_before_execute, work.act, scene.payment)
    return work.act


def _twice(act: Act, *, first: bool) -> Answer:
    answers = act(), act()
    return answers[0 if first else 1]


def _as_before_execute(act: Act, payment: Payment) -> Answer:
    # Query reads the payment and writes nothing, so it may look at it as it was for a moment.
    known = payment.state, payment.executed_ms, payment.trx_id
    payment.state, payment.executed_ms, payment.trx_id = PaymentState.APPROVED, 0, ""
    try:
        return act()
    finally:
        payment.state, payment.executed_ms, payment.trx_id = known


def _answer(fault: Fault, work: Work, act: Act) -> Answer:
    """Return what the client is sent; the code stays that of what happened."""
    truth = act()
    status, body, code = truth.status, truth.body, truth.code
    match fault.kind:
        case kind if kind in _SILENT:
            status = 0
        case Kind.STATUS:
            status, body = fault.status, message_body(fault)
            code = str(status) if fault.spares else code
        case Kind.CODE:
            status, body = _refusal(fault.code, work)
            code = fault.code if fault.spares else code
        case Kind.HTML:
            status, body = fault.status, PAGE
        case Kind.MALFORMED:
            body = break_json(body)
        case Kind.ALTER:
            body = alter_body(body, field=fault.field, value=fault.value)
    return Answer(status, body, code, truth.payment)


def _refusal(code: str, work: Work) -> tuple[int, bytes]:
    if work.refuse is None:
        return 200, write_refusal(code)
    answer = work.refuse(code)
    return answer.status, answer.body
