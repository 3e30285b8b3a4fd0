"""Laws of the way back: money moves once, and nothing that a URL says is believed."""

import asyncio
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pytest

from harness.merchant.settlement import CallbackStatus
from mock_bkash import ApproveMode


def with_query(url: str, **changes: str | None) -> str:
    """Return a URL with some parameters replaced, or left out where None."""
    parts = urlsplit(url)
    query = {**dict(parse_qsl(parts.query)), **changes}
    kept = {name: value for name, value in query.items() if value is not None}
    return urlunsplit(parts._replace(query=urlencode(kept)))


def test_statuses_are_those_of_bkash():
    """bKash's page knows three endings."""
    assert [status.value for status in CallbackStatus] == ["success", "failure", "cancel"]


def test_an_approved_payment_is_paid_and_fulfilled_once(play: Any):
    """The whole path leaves one capture, one fulfilment and a lawful history."""

    async def story(world: Any) -> dict[str, Any]:
        assert await world.pay() == "success"
        assert len(await world.ledger()) == 1
        assert (await world.audit())["ok"]
        return world.payments()[0]

    payment = play(story)
    assert payment["history"] == ["initiated", "created", "executing", "paid"]
    assert payment["fulfilments"] == 1


@pytest.mark.parametrize("variant", ["sequential", "optimized", "overlapped"])
def test_of_64_callbacks_at_once_one_executes_and_all_answer_alike(variant: str, play: Any):
    """Whoever loses the claim waits for what the winner gets."""

    async def story(world: Any) -> tuple[set[str], int]:
        await world.land()
        callback = await world.approve(await world.begin())
        answers = await asyncio.gather(*(world.come_back(callback) for _ in range(64)))
        assert (await world.audit())["ok"]
        return {a.headers["location"] for a in answers}, world.wire.calls["execute"]

    locations, executes = play(story, variant=variant)
    assert executes == 1
    assert len(locations) == 1
    assert "status=success" in locations.pop()


def test_a_repeated_callback_redirects_to_the_same_place(play: Any):
    """A reload, a hundred times, changes nothing and calls nobody."""

    async def story(world: Any) -> tuple[set[str], int]:
        callback = await world.approve(await world.begin())
        locations = {(await world.come_back(callback)).headers["location"] for _ in range(100)}
        return locations, world.wire.calls["execute"]

    locations, executes = play(story, profile="fast")
    assert len(locations) == 1
    assert executes == 1


def test_a_callback_that_waits_too_long_for_the_winner_says_pending(
    play: Any, faults: Any, result: Any
):
    """Nobody hangs on somebody else's execute for ever."""

    async def story(world: Any) -> tuple[str, str]:
        callback = await world.approve(await world.begin())
        world.wire.faults["execute"] = [faults.slow(29.0)]
        world.wire.faults["grant"] = [faults.slow(20.0)]
        first = asyncio.create_task(world.come_back(callback))
        await asyncio.sleep(1)
        second = await world.come_back(callback)
        return result(second), result(await first)

    assert play(story, variant="sequential") == ("pending", "success")


@pytest.mark.parametrize(
    ("changes", "http_status"),
    [
        pytest.param({"ref": "P00000000000000000000.1.1.AAAAAAAAAAAAAAAAAAAAAA"}, 404, id="forged"),
        pytest.param({"ref": "nonsense"}, 404, id="nonsense"),
        pytest.param({"ref": "x" * 5000}, 404, id="endless"),
        pytest.param({"ref": "ৰ.1.1.ৰ"}, 404, id="not ascii"),
        pytest.param({"ref": None}, 400, id="no ref"),
        pytest.param({"paymentID": "TR0011somebodyelses00000"}, 404, id="other paymentID"),
        pytest.param({"paymentID": None}, 400, id="no paymentID"),
        pytest.param({"status": "paid"}, 400, id="unknown status"),
        pytest.param({"status": None}, 400, id="no status"),
    ],
)
def test_a_forged_callback_changes_nothing(changes: Any, http_status: int, play: Any):
    """Whatever is altered, the answer is a 4xx with a type and the payment stays as it was."""

    async def story(world: Any) -> Any:
        callback = await world.approve(await world.begin())
        response = await world.come_back(with_query(callback, **changes))
        assert world.state() == "created"
        assert world.wire.calls["execute"] == 0
        assert await world.ledger() == []
        return response

    response = play(story, profile="fast")
    assert response.status_code == http_status
    assert response.json()["error"]["type"] in {"unknown_payment", "invalid_callback"}


def test_a_parameter_given_twice_is_refused(play: Any):
    """Two values for one name are an attempt to show one thing and mean another."""

    async def story(world: Any) -> int:
        callback = await world.approve(await world.begin())
        return (await world.come_back(f"{callback}&status=cancel")).status_code

    assert play(story) == 400


@pytest.mark.parametrize("variant", ["sequential", "overlapped"])
def test_another_shoppers_payment_cannot_be_swapped_in(variant: str, play: Any):
    """A state with the paymentID of another shopper's payment looks like an unknown payment."""

    async def story(world: Any) -> Any:
        await world.land(1, 1)
        mine = await world.approve(await world.begin(user_id=1))
        other = await world.begin(user_id=2)
        await asyncio.sleep(5)
        response = await world.come_back(with_query(mine, paymentID=other["paymentID"]))
        assert {p["status"] for p in world.payments()} == {"created"}
        return response

    assert play(story, variant=variant).status_code == 404


def test_a_forged_success_is_decided_by_bkash(play: Any, result: Any):
    """A shopper who never approved cannot talk the shop into a sale."""

    async def story(world: Any) -> str:
        begun = await world.begin()
        shown = await world.gateway.get(begun["bkashURL"])
        assert shown.status_code == 200, "the page waits for the shopper"
        state = world.sql("SELECT ref, user_id, course_id FROM payments WHERE archived = 0")[0]
        from harness.merchant.callback_state import CallbackState, StateSigner

        ((secret,),) = world.sql("SELECT value FROM secrets")
        ref = StateSigner(secret).sign(CallbackState(*state))
        query = urlencode({"ref": ref, "paymentID": begun["paymentID"], "status": "success"})
        response = await world.come_back(f"/api/bkash/callback?{query}")
        assert await world.ledger() == []
        assert (await world.audit())["ok"]
        return result(response)

    assert play(story, approve=ApproveMode.PAGE) == "failed"


@pytest.mark.parametrize(
    ("status", "shown", "state"),
    [("cancel", "cancelled", "cancelled"), ("failure", "failed", "declined")],
)
@pytest.mark.parametrize("variant", ["sequential", "overlapped"])
def test_a_shopper_who_did_not_approve_ends_the_payment(
    status: str, shown: str, state: str, variant: str, play: Any, result: Any
):
    """No execute is sent, and the result says what the shopper did."""

    async def story(world: Any) -> Any:
        await world.land()
        callback = await world.approve(await world.begin())
        response = await world.come_back(with_query(callback, status=status))
        await asyncio.sleep(1)
        assert world.wire.calls["execute"] == 0
        return result(response), world.history()

    assert play(story, variant=variant) == (shown, ["initiated", "created", state])


@pytest.mark.parametrize("status", ["cancel", "failure"])
def test_a_late_refusal_does_not_unpay(status: str, play: Any, result: Any):
    """A paid payment stays paid, and the shopper is shown that."""

    async def story(world: Any) -> str:
        callback = await world.approve(await world.begin())
        await world.come_back(callback)
        response = await world.come_back(with_query(callback, status=status))
        assert world.state() == "paid"
        return result(response)

    assert play(story) == "success"


def test_a_success_after_a_cancel_is_not_executed(play: Any, result: Any):
    """What a shopper cancelled stays cancelled; they can begin again."""

    async def story(world: Any) -> str:
        callback = await world.approve(await world.begin())
        await world.come_back(with_query(callback, status="cancel"))
        response = await world.come_back(callback)
        assert world.wire.calls["execute"] == 0
        return result(response)

    assert play(story) == "cancelled"


def test_two_windows_pay_for_one_course_once(play: Any, result: Any):
    """Both are approved, one is executed, the other is abandoned before bKash hears of it."""

    async def story(world: Any) -> Any:
        first = await world.approve(await world.begin())
        second = await world.approve(await world.begin())
        answers = await asyncio.gather(world.come_back(first), world.come_back(second))
        assert len(await world.ledger()) == 1
        assert (await world.audit())["ok"]
        return sorted(result(answer) for answer in answers)

    assert play(story) == ["failed", "success"]


def test_a_declined_payment_shows_bkashs_words(play: Any, faults: Any, result: Any):
    """Insufficient balance ends the payment, with the reason on the page."""

    async def story(world: Any) -> str:
        callback = await world.approve(await world.begin())
        refusal = {"statusCode": "2023", "statusMessage": "Insufficient Balance"}
        world.wire.faults["execute"] = [faults.answer(refusal)]
        response = await world.come_back(callback)
        assert result(response) == "failed"
        assert world.history()[-1] == "declined"
        return (await world.browser.get(response.headers["location"])).text

    assert "bKash says: “Insufficient Balance”." in play(story)


def test_a_lost_answer_is_asked_about_and_not_repeated(play: Any, faults: Any, result: Any):
    """The money moved and the answer was lost: query tells, and nothing is charged twice."""

    async def story(world: Any) -> Any:
        callback = await world.approve(await world.begin())
        world.wire.faults["execute"] = [faults.lost]
        response = await world.come_back(callback)
        assert len(await world.ledger()) == 1
        assert world.wire.calls["execute"] == 1
        return result(response)

    assert play(story, variant="optimized") == "success"


def test_an_unknown_outcome_is_pending_and_never_failed(play: Any, faults: Any, result: Any):
    """Neither execute nor query answers: the shopper is told that we are confirming."""

    async def story(world: Any) -> Any:
        callback = await world.approve(await world.begin())
        world.wire.faults["execute"] = [faults.lost]
        world.wire.faults["status"] = [faults.never_done] * 20
        response = await world.come_back(callback)
        page = await world.browser.get(response.headers["location"])
        assert world.state() == "pending"
        return result(response), "Confirming your payment" in page.text

    assert play(story, variant="optimized", started=False) == ("pending", True)


def test_an_execute_that_was_not_sent_may_be_tried_again(play: Any, faults: Any, result: Any):
    """The same callback, once bKash is back, pays."""

    async def story(world: Any) -> Any:
        callback = await world.approve(await world.begin())
        world.wire.faults["execute"] = [faults.unreachable] * 9
        first = await world.come_back(callback)
        page = await world.browser.get(first.headers["location"])
        assert "bKash could not be reached" in page.text
        assert "Try again" in page.text
        world.wire.faults.clear()
        return result(first), result(await world.come_back(callback)), world.history()

    first, second, history = play(story, variant="optimized")
    assert (first, second) == ("pending", "success")
    assert history == ["initiated", "created", "executing", "created", "executing", "paid"]


def test_another_amount_in_the_answer_is_not_paid(play: Any, faults: Any, result: Any):
    """An echo that contradicts the order is not believed, whatever its status says."""

    async def story(world: Any) -> Any:
        callback = await world.approve(await world.begin())
        world.wire.faults["execute"] = [faults.altered(amount="1")]
        world.wire.faults["status"] = [faults.altered(amount="1")] * 9
        return result(await world.come_back(callback)), world.state()

    assert play(story, started=False) == ("pending", "pending")


def test_books_that_fail_after_the_money_moved_say_pending(
    play: Any, result: Any, monkeypatch: pytest.MonkeyPatch
):
    """The row still says executing; the next process asks bKash and finds the money."""
    from harness.merchant.store import Store, StoreUnavailable

    async def story(world: Any) -> Any:
        callback = await world.approve(await world.begin())

        async def fail(self: Store, **_: Any) -> None:
            raise StoreUnavailable("disk full")

        with monkeypatch.context() as patch:
            patch.setattr(Store, "update_payment", fail)
            shown = result(await world.come_back(callback))
        assert world.state() == "executing"
        await world.restart()
        await asyncio.sleep(10)
        assert (await world.audit())["ok"]
        return shown, world.state()

    assert play(story) == ("pending", "paid")


def test_no_books_no_execute(play: Any, monkeypatch: pytest.MonkeyPatch):
    """Where the claim cannot be written, nothing is sent to bKash."""
    from harness.merchant.store import StoreUnavailable
    from harness.merchant.store.ledger import PaymentLedger

    async def story(world: Any) -> int:
        callback = await world.approve(await world.begin())

        def fail(self: PaymentLedger, **_: Any) -> None:
            raise StoreUnavailable("locked")

        monkeypatch.setattr(PaymentLedger, "claim", fail)
        response = await world.come_back(callback)
        assert world.wire.calls["execute"] == 0
        return response.status_code

    assert play(story) == 503


def test_an_attach_lost_in_a_crash_is_made_good_by_asking_bkash(play: Any, result: Any):
    """The shopper approved, the process died before it stored the paymentID: it still works."""

    async def story(world: Any) -> Any:
        await world.land()
        callback = await world.approve(await world.begin())
        await world.kill()
        assert world.state() == "initiated"
        response = await world.come_back(callback)
        assert world.wire.calls["status"] == 1
        return result(response), world.history()

    shown, history = play(story, variant="overlapped")
    assert shown == "success"
    assert history == ["initiated", "created", "executing", "paid"]


def test_after_such_a_crash_another_paymentid_is_still_refused(play: Any):
    """bKash says whose payment it is: not this one's."""

    async def story(world: Any) -> Any:
        await world.land(1)
        other = await world.begin(user_id=2)
        mine = await world.approve(await world.begin(user_id=1))
        await world.kill()
        response = await world.come_back(with_query(mine, paymentID=other["paymentID"]))
        return response.status_code, world.state()

    assert play(story, variant="overlapped") == (404, "initiated")


def test_after_such_a_crash_a_silent_bkash_is_not_guessed(play: Any, faults: Any):
    """Without an answer the callback fails and may be repeated."""

    async def story(world: Any) -> Any:
        await world.land()
        callback = await world.approve(await world.begin())
        await world.kill()
        world.wire.faults["status"] = [faults.never_done] * 9
        first = await world.come_back(callback)
        world.wire.faults.clear()
        second = await world.come_back(callback)
        return first.status_code, second.status_code

    assert play(story, variant="overlapped") == (504, 303)


def test_a_payment_that_another_process_executes_is_pending(play: Any, result: Any):
    """Without a winner here to wait for, the shopper is told that we are confirming."""

    async def story(world: Any) -> str:
        callback = await world.approve(await world.begin())
        world.sql("UPDATE payments SET state = 'executing' WHERE archived = 0")
        return result(await world.come_back(callback))

    assert play(story, started=False) == "pending"
