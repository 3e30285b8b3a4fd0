"""Laws of the two requests of a payment, on the wire."""

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest


def test_make_payment_answers_in_the_guides_shape(play: Any):
    """So that the guide's own front end works unchanged."""

    async def story(world: Any) -> Any:
        return (await world.click()).json(), world.payments()[0]

    body, payment = play(story)
    assert (body["statusCode"], body["statusMessage"]) == (200, "Successful")
    assert body["data"]["paymentID"] == payment["payment_id"]
    assert body["data"]["bkashURL"].startswith("http://bkash.test/")
    assert body["data"]["merchantInvoiceNumber"] == payment["ref"]
    assert (body["data"]["amount"], body["data"]["currency"]) == ("549", "BDT")


def test_a_form_is_sent_on_to_bkash(play: Any):
    """The pay button works without JavaScript."""

    async def story(world: Any) -> Any:
        form = {"user_id": "1", "course_id": "1", "amount": "549"}
        return await world.browser.post("/api/bkash/make-payment", data=form)

    response = play(story)
    assert response.status_code == 303
    assert response.headers["location"].startswith("http://bkash.test/")
    assert response.headers["cache-control"] == "no-store"


def test_a_form_that_is_refused_shows_a_page(play: Any):
    """A browser names HTML among what it accepts."""

    async def story(world: Any) -> Any:
        return await world.browser.post(
            "/api/bkash/make-payment",
            data={"user_id": "999", "course_id": "1"},
            headers={"accept": "text/html"},
        )

    response = play(story)
    assert response.status_code == 404
    assert "There is no user 999." in response.text


def test_the_answer_and_the_log_say_whether_the_token_was_cached(play: Any, caplog: Any):
    """As the guide's troubleshooting expects."""

    async def story(world: Any) -> Any:
        return [(await world.begin(user))["tokenStatus"] for user in (1, 2)]

    with caplog.at_level(logging.DEBUG, logger="harness.merchant"):
        statuses = play(story, variant="cached")
    assert statuses == ["Granted a new token", "Using cached token"]
    assert "Using cached token" in caplog.text


def test_a_callback_redirects_to_a_result_that_its_bearer_may_see(play: Any):
    """With a word for how it went in its address."""

    async def story(world: Any) -> Any:
        response = await world.come_back(await world.approve(await world.begin()))
        page = await world.browser.get(response.headers["location"])
        return response, page

    response, page = play(story)
    assert response.status_code == 303
    query = parse_qs(urlsplit(response.headers["location"]).query)
    assert query["status"] == ["success"]
    assert "Payment complete" in page.text


def test_the_funnel_counts_shoppers_and_not_reloads(play: Any, faults: Any):
    """Ten callbacks for one payment are one return and one sale."""

    async def story(world: Any) -> Any:
        await world.land()
        await world.click(999)
        callback = await world.approve(await world.begin())
        for _ in range(10):
            await world.come_back(callback)
        declined = await world.approve(await world.begin(2))
        world.wire.faults["execute"] = [
            faults.answer({"statusCode": "2023", "statusMessage": "Insufficient Balance"})
        ]
        await world.come_back(declined)
        return (await world.browser.get("/api/bkash/performance")).json()["funnel"]

    assert play(story) == {"landed": 1, "clicked": 3, "redirected": 2, "returned": 2, "paid": 1}


@pytest.mark.parametrize("variant", ["sequential", "overlapped"])
def test_no_secret_reaches_a_log(variant: str, play: Any, caplog: Any, faults: Any):
    """Tokens, credentials, signed states and the cron secret, at the most talkative level."""

    async def story(world: Any) -> Any:
        await world.land()
        callback = await world.approve(await world.begin())
        world.wire.faults["execute"] = [faults.lost]
        world.wire.faults["status"] = [faults.never_done]
        await world.come_back(callback)
        await world.browser.get("/api/cron/refresh-bkash-token?secret=a-secret-of-the-cron-job")
        await world.browser.get("/api/bkash/test-token?secret=wrong-secret")
        (tokens,) = world.sql("SELECT id_token, refresh_token FROM bkash")
        state = parse_qs(urlsplit(callback).query)["ref"][0]
        ((key,),) = world.sql("SELECT value FROM secrets")
        return [*tokens, state, key]

    with caplog.at_level(logging.DEBUG):
        secrets = play(story, variant=variant)
    # The tests' own httpx client logs the addresses that it asks for; the merchant has no such.
    logged = "\n".join(
        f"{record.name} {record.getMessage()}"
        for record in caplog.records
        if not record.name.startswith(("httpx", "httpcore"))
    )
    assert logged
    for secret in [*secrets, "app-secret", "password", "a-secret-of-the-cron-job", "wrong-secret"]:
        assert secret not in logged
