"""Laws of the way there: the intent comes first, and nothing unchecked is ever executed."""

import asyncio
from typing import Any

import pytest

from harness.clock import now_ns
from harness.stages import parse_server_timing

VARIANTS = ["sequential", "parallel", "overlapped"]


def stages_of(response: Any) -> list[str]:
    return [timed.name for timed in parse_server_timing(response.headers["server-timing"])]


def test_the_stages_of_a_patient_checkout_stand_in_the_order_of_the_story(play: Any):
    """Validate, write the intent, get a token, create, attach."""

    async def story(world: Any) -> list[str]:
        return stages_of(await world.click())

    assert play(story) == [
        "validate_user",
        "validate_course",
        "check_enrolled",
        "insert_payment",
        "token_lookup",
        "token_grant",
        "create_payment",
        "attach_payment",
    ]


def test_the_intent_is_durable_before_bkash_hears_of_it(play: Any):
    """While create is under way, the payment stands in the books already."""

    async def story(world: Any) -> str:
        clicking = asyncio.create_task(world.click())
        await asyncio.sleep(3.5)
        assert world.wire.calls["create"] == 1
        state = world.state()
        await clicking
        return state

    assert play(story) == "initiated"


def test_the_price_is_the_courses_whatever_the_shopper_says(play: Any):
    """Only the ids of a request are believed."""

    async def story(world: Any) -> Any:
        response = await world.click(amount="1.00", status="paid", trxID="X", name=[])
        return response.json()["data"]["amount"], world.payments()[0]["amount_poisha"]

    assert play(story, profile="fast") == ("549", 54_900)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    ("user_id", "course_id", "reason"),
    [(999, 1, "unknown_user"), (1, 999, "unknown_course"), (2**63 - 1, 1, "unknown_user")],
)
def test_unknown_ids_are_404_and_nothing_is_asked_of_bkash(
    variant: str, user_id: int, course_id: int, reason: str, play: Any
):
    """Without a landing, every variant validates first."""

    async def story(world: Any) -> Any:
        response = await world.click(user_id, course_id)
        assert world.payments() == []
        assert world.wire.calls["create"] == 0
        return response.status_code, response.json()["error"]["type"]

    assert play(story, variant=variant) == (404, reason)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_course_is_not_sold_twice(variant: str, play: Any):
    """Whoever has the course is told so, and is not sent to bKash."""

    async def story(world: Any) -> Any:
        assert await world.pay() == "success"
        response = await world.click()
        assert len(world.payments()) == 1
        return response.status_code, response.json()["error"]["type"]

    assert play(story, variant=variant) == (409, "already_enrolled")


def test_a_landed_shopper_does_not_wait_for_the_validation(play: Any):
    """Create starts with the intent written; validation runs beside it."""

    async def story(world: Any) -> Any:
        await world.land(1)
        await world.pay(1)
        await world.land(2)
        response = await world.click(2)
        return {
            timed.name: (timed.start_ns, timed.duration_ns)
            for timed in parse_server_timing(response.headers["server-timing"])
        }

    stages = play(story, variant="overlapped")
    assert stages["insert_payment"] == (0, 100_000_000)
    assert stages["create_payment"] == (100_000_000, 1_000_000_000)
    assert stages["validate_user"] == (100_000_000, 250_000_000)
    assert "attach_payment" not in stages


def test_a_failed_validation_abandons_the_created_payment_at_once(play: Any):
    """The answer does not wait for create; the created payment is noted, and never executed."""

    async def story(world: Any) -> Any:
        await world.land(1)
        await world.pay(1)
        began_ns = now_ns()
        response = await world.click(999)
        took_ns = now_ns() - began_ns
        assert world.state() == "initiated"
        await asyncio.sleep(5)
        payment = world.payments()[-1]
        assert (await world.audit())["ok"]
        return response, took_ns, payment

    response, took_ns, payment = play(story, variant="overlapped")
    assert response.status_code == 409
    assert response.json()["error"]["type"] == "unknown_user"
    assert took_ns == 350_000_000
    assert payment["history"] == ["initiated", "abandoned"]
    assert payment["payment_id"] is not None


def test_a_price_that_changed_since_the_landing_is_409_once(play: Any):
    """The old price is not charged; the next click is at the new one."""

    async def story(world: Any) -> Any:
        await world.land(1)
        world.sql("UPDATE courses SET price_poisha = 12300 WHERE id = 1")
        first = await world.click(1)
        second = await world.click(1)
        await asyncio.sleep(5)
        return first, second, [p["status"] for p in world.payments()]

    first, second, states = play(story, variant="overlapped")
    assert (first.status_code, first.json()["error"]["type"]) == (409, "price_changed")
    assert second.json()["data"]["amount"] == "123"
    assert states == ["abandoned", "created"]


def test_an_unwanted_create_that_failed_leaves_nothing_to_abandon(play: Any, faults: Any):
    """Its row was closed when it failed."""

    async def story(world: Any) -> Any:
        await world.land(1)
        world.wire.faults["create"] = [faults.answer({"statusCode": "2006", "statusMessage": "No"})]
        response = await world.click(999)
        await asyncio.sleep(5)
        return response.status_code, world.history()

    assert play(story, variant="overlapped") == (409, ["initiated", "declined"])


def test_an_interrupted_overlap_abandons_its_payment(play: Any, monkeypatch: Any):
    """Whatever ends the validation, the created payment is not left to be executed."""
    from harness.merchant.store import Store, StoreUnavailable

    async def story(world: Any) -> Any:
        await world.land(1)

        async def fail(self: Store, **_: Any) -> None:
            raise StoreUnavailable("locked")

        monkeypatch.setattr(Store, "validate_at_once", fail)
        response = await world.click()
        await asyncio.sleep(5)
        return response.status_code, world.state()

    assert play(story, variant="overlapped") == (503, "abandoned")


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    ("fault", "http_status", "reason", "state"),
    [
        pytest.param("refused", 502, "gateway_refused", "declined", id="refused"),
        pytest.param("unreachable", 503, "gateway_unreachable", "abandoned", id="unreachable"),
        pytest.param("never_done", 504, "gateway_timeout", "abandoned", id="no answer"),
        pytest.param("garbage", 502, "gateway_unreadable", "abandoned", id="garbage"),
    ],
)
def test_a_create_that_failed_closes_its_row_and_says_why(
    variant: str, fault: str, http_status: int, reason: str, state: str, play: Any, faults: Any
):
    """Each way to fail is another answer, and none leaves a payment open."""
    kinds = {
        "refused": faults.answer({"statusCode": "2006", "statusMessage": "Invalid amount"}),
        "unreachable": faults.unreachable,
        "never_done": faults.never_done,
        "garbage": faults.answer(["no", "object"]),
    }

    async def story(world: Any) -> Any:
        await world.land()
        world.wire.faults["create"] = [kinds[fault]] * 9
        response = await world.click()
        assert (await world.audit())["ok"]
        return response.status_code, response.json()["error"]["type"], world.state()

    assert play(story, variant=variant) == (http_status, reason, state)


def test_a_grant_that_is_refused_tells_the_shopper_nothing_of_it(play: Any, faults: Any):
    """bKash's words about the shop's credentials are not for shoppers."""

    async def story(world: Any) -> Any:
        words = {"statusCode": "9999", "statusMessage": "Username does not exist"}
        world.wire.faults["grant"] = [faults.answer(words)] * 9
        return await world.click()

    response = play(story)
    assert response.status_code == 503
    assert "Username" not in response.text


def test_bkash_must_not_name_two_payments_alike(play: Any, faults: Any):
    """A paymentID that belongs to another payment is not attached to this one."""

    async def story(world: Any) -> Any:
        first = await world.begin(1)
        world.wire.faults["create"] = [faults.altered(paymentID=first["paymentID"])]
        response = await world.click(2)
        return response.status_code, world.state()

    assert play(story) == (502, "abandoned")


def test_the_trace_of_the_shopper_goes_to_bkash(play: Any):
    """All calls of a payment carry the trace id that its request brought."""

    async def story(world: Any) -> Any:
        response = await world.click()
        return response.request.headers["traceparent"][3:35], world.wire.traces

    trace, traces = play(story)
    assert {header[3:35] for header in traces} == {trace}


def test_a_shopper_without_a_trace_gets_one(play: Any):
    """A browser sends none; bKash hears one of the payment's own, the same in both requests."""

    async def story(world: Any) -> Any:
        response = await world.browser.post(
            "/api/bkash/make-payment", json={"user_id": 1, "course_id": 1}
        )
        await world.come_back(await world.approve(response.json()["data"]))
        return {header[3:35] for header in world.wire.traces if header}

    assert len(play(story, profile="fast")) == 1
