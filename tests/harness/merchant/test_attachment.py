"""Laws of attaching: at once, or known until it is done."""

import asyncio
from typing import Any

import pytest

from harness.merchant import BUILTIN
from harness.merchant.attachment import ImmediateAttachment, LateAttachment
from harness.merchant.later import Later
from harness.merchant.performance import Performance
from harness.merchant.rejection import Rejection
from harness.merchant.store import Database, Distance, Store
from harness.simulation import run_virtual


def attach(path: Any, story: Any) -> Any:
    async def main() -> Any:
        database = Database(path)
        store = Store(database, Distance(lambda *_: 100_000, time_scale=1.0))
        for ref in "ab":
            await store.insert_payment(ref=ref, user_id=1, course_id=1, amount_poisha=100)
        later = Later(Performance(BUILTIN["overlapped"]))
        try:
            return await story(store, later)
        finally:
            await later.drain(within_s=9)
            database.close()

    return run_virtual(main())


async def state(store: Store, ref: str) -> str:
    payment = await store.find_payment(ref)
    assert payment is not None
    return payment.state.value


def test_an_immediate_attachment_is_stored_when_it_returns(database_path: Any):
    """And a name that another payment has is refused, and its payment closed."""

    async def story(store: Store, later: Later) -> list[str]:
        attachment = ImmediateAttachment(store)
        await attachment.attach(ref="a", payment_id="TR1")
        assert not attachment.is_pending(ref="a", payment_id="TR1")
        with pytest.raises(Rejection, match="like another one"):
            await attachment.attach(ref="b", payment_id="TR1")
        return [await state(store, "a"), await state(store, "b")]

    assert attach(database_path, story) == ["created", "abandoned"]


def test_a_late_attachment_returns_at_once_and_is_known_until_stored(database_path: Any):
    """Exactly the name that bKash gave, for exactly that payment."""

    async def story(store: Store, later: Later) -> Any:
        attachment = LateAttachment(store, later)
        began_s = asyncio.get_running_loop().time()
        await attachment.attach(ref="a", payment_id="TR1")
        took_s = asyncio.get_running_loop().time() - began_s
        known = [
            attachment.is_pending(ref="a", payment_id="TR1"),
            attachment.is_pending(ref="a", payment_id="TR2"),
            attachment.is_pending(ref="b", payment_id="TR1"),
        ]
        await asyncio.sleep(1)
        return took_s, known, attachment.is_pending(ref="a", payment_id="TR1")

    assert attach(database_path, story) == (0, [True, False, False], False)


def test_too_many_pending_names_make_answers_wait(
    database_path: Any, monkeypatch: pytest.MonkeyPatch
):
    """Memory is bounded, and the flood slows itself down."""
    monkeypatch.setattr("harness.merchant.attachment.MAX_PENDING", 1)

    async def story(store: Store, later: Later) -> float:
        attachment = LateAttachment(store, later)
        await attachment.attach(ref="a", payment_id="TR1")
        began_s = asyncio.get_running_loop().time()
        await attachment.attach(ref="b", payment_id="TR2")
        return round(asyncio.get_running_loop().time() - began_s, 6)

    assert attach(database_path, story) == 0.1
