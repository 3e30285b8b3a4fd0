"""What the shop believes of a browser: that it has paid, and how much it is to pay."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.load import Target
from harness.probe.alignment import Alignment
from harness.probe.detour import ClaimToHavePaid, TurnBackAtBkash
from harness.probe.evidence import Alteration, Forgery
from harness.probe.mistake import Mistake
from harness.probe.session import Session
from harness.rundata import ProbePurpose, RequestName

__all__ = ["alter_amount", "forge_callback", "name_amount"]

ASKED_POISHA = 100
_ONE_TAKA = 1

_AMOUNT_WORDS = ("amount", "price", "total", "sum")


async def forge_callback(session: Session, alignment: Alignment) -> None:
    """Close bKash's page, come back with `status=success`, and see what the shop says."""
    if session.plan.target.result is None:
        session.evidence.unseen[Mistake.CALLBACK_BELIEVED] = (
            "The target does not say where the answer to the callback tells how it went (result)."
        )
        return
    detour = ClaimToHavePaid(session.dispatch.browser)
    number, trip = await session.dispatch.send(detour=detour)
    came_back = trip.last(RequestName.CALLBACK)
    if came_back is None:
        trouble = trip.trouble
        session.evidence.unseen[Mistake.CALLBACK_BELIEVED] = (
            f"Payment {number} never came to its callback:"
            f" {'' if trouble is None else trouble.reading.error}."
        )
        return
    calls = await session.calls_about(trip.payment_id, alignment)
    payment = session.sorter.payment(
        trip, number=number, purpose=ProbePurpose.FORGED_CALLBACK, calls=calls
    )
    asked = tuple(call for call in payment.calls if call.operation != "create_payment")
    session.evidence.forgery = Forgery(payment, came_back.reading.ok, asked)


async def alter_amount(session: Session, alignment: Alignment) -> None:
    """Ask to pay one taka, and see what bKash is asked for."""
    target = name_amount(session.plan.target)
    number, trip = await session.dispatch.send(detour=TurnBackAtBkash(), target=target)
    calls = await session.calls_about(trip.payment_id, alignment)
    payment = session.sorter.payment(
        trip, number=number, purpose=ProbePurpose.ALTERED_AMOUNT, calls=calls
    )
    created_poisha = None
    if trip.payment_id and session.evidence.app_key is not None:
        created_poisha = await session.desk.amount_poisha(session.evidence.app_key, trip.payment_id)
    session.evidence.alteration = Alteration(payment, ASKED_POISHA, created_poisha)


def name_amount(target: Target) -> Target:
    """Return the target with every amount of its body set to one taka; with one, if it had none."""
    body, found = _altered(target.body)
    return replace(target, body=body if found else {**target.body, "amount": _ONE_TAKA})


def _altered(body: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    altered: dict[str, Any] = {}
    any_found = False
    for key, value in body.items():
        if isinstance(value, Mapping):
            altered[key], found = _altered(value)
        else:
            found = any(word in key.lower() for word in _AMOUNT_WORDS)
            altered[key] = _like(value) if found else value
        any_found = any_found or found
    return altered, any_found


def _like(value: object) -> object:
    return str(_ONE_TAKA) if isinstance(value, str) else _ONE_TAKA
