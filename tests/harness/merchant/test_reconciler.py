"""Laws of what is left in the middle: it is asked about until it has an end, and never executed."""

import asyncio
import logging
from typing import Any

import pytest

from harness.merchant.reconciler import CREATED_LIFE_S, GIVE_UP_S, ROUND_S
from harness.merchant.store import StoreUnavailable
from harness.merchant.store.ledger import PaymentLedger


async def left_pending(world: Any, faults: Any, *, moved: bool = True) -> None:
    """Leave one payment whose execute had no answer, with or without the money moved."""
    callback = await world.approve(await world.begin())
    world.wire.faults["execute"] = [faults.lost if moved else faults.never_done]
    world.wire.faults["status"] = [faults.never_done]
    await world.come_back(callback)
    assert world.state() == "pending"


def test_a_pending_payment_becomes_paid_when_bkash_answers(play: Any, faults: Any):
    """The reconciler asks soon, and the guarded move fulfils once."""

    async def story(world: Any) -> Any:
        await left_pending(world, faults)
        await asyncio.sleep(4 * ROUND_S)
        assert (await world.audit())["ok"]
        return world.history(), world.payments()[0]["fulfilments"], world.wire.calls["execute"]

    history, fulfilments, executes = play(story)
    assert history == ["initiated", "created", "executing", "pending", "paid"]
    assert (fulfilments, executes) == (1, 1)


def test_questions_back_off_and_survive_a_silent_bkash(play: Any, faults: Any):
    """In ten minutes of silence bKash is asked a few times, not hundreds."""

    async def story(world: Any) -> Any:
        await left_pending(world, faults)
        asked = world.wire.calls["status"]
        world.wire.faults["status"] = [faults.never_done] * 99
        await asyncio.sleep(600)
        silent = world.wire.calls["status"] - asked
        world.wire.faults.clear()
        await asyncio.sleep(600)
        return silent, world.state()

    silent, state = play(story)
    assert 5 <= silent <= 9
    assert state == "paid"


def test_what_bkash_calls_initiated_stays_pending_until_the_horizon(play: Any, faults: Any):
    """A query may lie for a while; only after the horizon is "not executed" believed."""

    async def story(world: Any) -> Any:
        await left_pending(world, faults, moved=False)
        await asyncio.sleep(GIVE_UP_S - 60)
        early = world.state()
        await asyncio.sleep(660)
        assert (await world.audit())["ok"]
        return early, world.history()

    early, history = play(story)
    assert early == "pending"
    assert history[-2:] == ["pending", "abandoned"]


def test_a_payment_that_bkash_cancelled_is_declined(play: Any, faults: Any):
    """A final word of bKash ends it."""

    async def story(world: Any) -> Any:
        await left_pending(world, faults, moved=False)
        world.wire.faults["status"] = [faults.altered(transactionStatus="Cancelled")]
        await asyncio.sleep(4 * ROUND_S)
        return world.state()

    assert play(story) == "declined"


def test_an_answer_that_contradicts_is_handed_to_a_person(play: Any, faults: Any, caplog: Any):
    """Another amount is never taken for a payment; it alarms at once and ends in review."""

    async def story(world: Any) -> Any:
        await left_pending(world, faults)
        world.wire.faults["status"] = [faults.altered(amount="1")] * 99
        await asyncio.sleep(60)
        early = world.state()
        await asyncio.sleep(GIVE_UP_S + 600)
        return early, world.state()

    with caplog.at_level(logging.ERROR, logger="harness.merchant.reconciler"):
        assert play(story) == ("pending", "review")
    assert "contradicts" in caplog.text


def test_silence_past_the_horizon_is_an_alarm_and_not_a_verdict(
    play: Any, faults: Any, caplog: Any
):
    """Without an answer the payment stays pending, loudly."""

    async def story(world: Any) -> Any:
        await left_pending(world, faults)
        world.wire.faults["status"] = [faults.never_done] * 99
        await asyncio.sleep(GIVE_UP_S + 600)
        return world.state()

    with caplog.at_level(logging.ERROR, logger="harness.merchant.reconciler"):
        assert play(story) == "pending"
    assert "no answer" in caplog.text


@pytest.mark.parametrize("moved", [True, False])
def test_a_process_killed_in_execute_is_finished_by_the_next(moved: bool, play: Any, faults: Any):
    """Whether the money moved is bKash's to say; the row tells that it has to be asked."""

    async def story(world: Any) -> Any:
        callback = await world.approve(await world.begin())
        world.wire.faults["execute"] = [faults.hanging(20) if moved else faults.slow(20)]
        coming = asyncio.create_task(world.come_back(callback))
        await asyncio.sleep(10)
        assert world.state() == "executing"
        del coming
        await world.kill()
        await asyncio.sleep(GIVE_UP_S + 600)
        assert (await world.audit())["ok"]
        return world.state(), world.wire.calls["execute"]

    state, executes = play(story, profile="constant")
    assert executes == 1
    assert state == ("paid" if moved else "abandoned")


def test_a_process_killed_before_create_answered_leaves_an_intent_that_expires(play: Any):
    """Nobody has the address of that payment: after its day it is closed."""

    async def story(world: Any) -> Any:
        clicking = asyncio.create_task(world.click())
        await asyncio.sleep(3.5)
        del clicking
        await world.kill()
        assert world.state() == "initiated"
        await asyncio.sleep(CREATED_LIFE_S + 120)
        assert (await world.audit())["ok"]
        return world.history()

    assert play(story) == ["initiated", "abandoned"]


def test_a_shopper_who_never_comes_back_is_let_go_after_a_day(play: Any):
    """Created payments live for a day at bKash, and no longer in our books."""

    async def story(world: Any) -> Any:
        await world.begin()
        await asyncio.sleep(CREATED_LIFE_S - 120)
        early = world.state()
        await asyncio.sleep(240)
        return early, world.state()

    assert play(story) == ("created", "abandoned")


def test_an_execute_of_this_process_is_not_taken_for_an_orphan(play: Any, faults: Any):
    """However long it takes, its own execute is left alone."""

    async def story(world: Any) -> Any:
        callback = await world.approve(await world.begin())
        world.wire.faults["grant"] = [faults.slow(25)]
        world.wire.faults["execute"] = [faults.slow(25)]
        coming = asyncio.create_task(world.come_back(callback))
        await asyncio.sleep(40)
        assert world.state() == "executing"
        await coming
        return world.history()

    history = play(story)
    assert history == ["initiated", "created", "executing", "paid"]


def test_an_outage_is_not_followed_by_a_storm(play: Any, faults: Any):
    """Forty payments wait; no more than four questions are in flight at once."""

    async def story(world: Any) -> Any:
        for user in range(1, 21):
            for course in (1, 2):
                callback = await world.approve(await world.begin(user, course))
                world.wire.faults["execute"] = [faults.lost]
                world.wire.faults["status"] = [faults.never_done]
                await world.come_back(callback)
        in_flight = most = 0

        async def watched(request: Any, forward: Any) -> Any:
            nonlocal in_flight, most
            in_flight += 1
            most = max(most, in_flight)
            await asyncio.sleep(1)
            in_flight -= 1
            return await forward(request)

        world.wire.faults["status"] = [watched] * 99
        await world.boot()
        await asyncio.sleep(120)
        return most, {p["status"] for p in world.payments()}

    assert play(story, variant="cached", profile="fast", started=False) == (4, {"paid"})


def test_a_round_that_fails_is_followed_by_another(
    play: Any, faults: Any, caplog: Any, monkeypatch: pytest.MonkeyPatch
):
    """Books that are locked for a moment do not end the reconciler."""

    async def story(world: Any) -> Any:
        def fail(self: PaymentLedger) -> None:
            raise StoreUnavailable("locked")

        with monkeypatch.context() as patch:
            patch.setattr(PaymentLedger, "unsettled", fail)
            await left_pending(world, faults)
            await asyncio.sleep(10 * ROUND_S)
        assert world.state() == "pending"
        await asyncio.sleep(10 * ROUND_S)
        return world.state()

    with caplog.at_level(logging.WARNING, logger="harness.merchant.reconciler"):
        assert play(story) == "paid"
    assert "a round failed" in caplog.text


def test_an_idle_reconciler_hardly_asks_the_books(play: Any):
    """An hour without payments costs two statements a minute."""

    async def story(world: Any) -> int:
        before = (await world.browser.get("/api/bkash/performance")).json()["queries"]
        await asyncio.sleep(3600)
        return (await world.browser.get("/api/bkash/performance")).json()["queries"] - before

    assert 100 <= play(story) <= 130


def test_callback_and_reconciler_together_fulfil_once(play: Any, faults: Any):
    """Both go through the same guarded move."""

    async def story(world: Any) -> Any:
        callback = await world.approve(await world.begin())
        world.wire.faults["execute"] = [faults.lost]
        world.wire.faults["status"] = [faults.never_done]
        await world.come_back(callback)
        await asyncio.gather(*(world.come_back(callback) for _ in range(9)), asyncio.sleep(10))
        return world.payments()[0]["fulfilments"], world.state()

    assert play(story) == (1, "paid")
