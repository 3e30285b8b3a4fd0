"""The gateway: time, order, journal."""

import asyncio

import httpx
import pytest

from harness.simulation import run_virtual
from harness.stages import parse_model_wait_ns
from harness.trace import trace_id, traceparent
from mock_bkash import load_profile
from mock_bkash.latency import Constant, Distribution, Network, Profile

REFRESH = "/v1.2.0-beta/tokenized/checkout/token/refresh"


def far(round_trip_s: float) -> Profile:
    latencies = {"create_payment": Distribution(Constant(1.0))}
    return Profile("far", latencies, Network(gateway_round_trip_s=round_trip_s))


@pytest.mark.parametrize(
    ("name", "wait_s"),
    [("grant", 2.0), ("create", 1.0), ("execute", 1.0), ("query", 0.5), ("search", 0.5)],
)
def test_a_call_takes_its_modelled_time_exactly(open_shop, name: str, wait_s: float):
    """And says so in its Server-Timing; no real time passes."""

    async def main() -> None:
        shop = open_shop(profile=load_profile("constant"))
        await shop.grant()
        loop = asyncio.get_running_loop()
        started_s = loop.time()
        if name == "grant":
            await shop.grant()
        else:
            answer = await shop.call(name, {"paymentID": "TR1", "trxID": "X"})
            assert answer.headers["server-timing"] == f"model;dur={wait_s * 1000:.3f}"
        assert loop.time() - started_s == pytest.approx(wait_s, abs=1e-9)

    run_virtual(main())


def test_time_scale_shortens_the_wait_and_not_what_is_said(open_shop):
    """The wall sees a tenth, the header the whole."""

    async def main() -> None:
        shop = open_shop(profile=load_profile("constant"), time_scale=0.1)
        await shop.grant()
        started_s = asyncio.get_running_loop().time()
        answer = await shop.call("create", shop.order())
        assert asyncio.get_running_loop().time() - started_s == pytest.approx(0.1, abs=1e-9)
        assert parse_model_wait_ns(answer.headers["server-timing"]) == 1_000_000_000

    run_virtual(main())


def test_a_new_connection_costs_two_more_round_trips(open_shop):
    """TCP and TLS 1.3: once per connection, whichever call comes first on it."""

    async def main() -> None:
        shop = open_shop(profile=far(0.04))
        granted = await shop.http.post(
            "/v1.2.0-beta/tokenized/checkout/token/grant",
            json={"app_key": "shop", "app_secret": shop.app_secret},
            headers={"username": shop.username, "password": shop.password},
        )
        assert granted.headers["server-timing"] == "model;dur=120.000"
        await shop.grant()
        answer = await shop.call("create", shop.order())
        assert answer.headers["server-timing"] == "model;dur=1040.000"
        counters = await shop.admin("GET", "counters")
        assert counters["connections"] == 1

    run_virtual(main())


def test_the_commit_lies_half_a_round_trip_before_the_answer(open_shop):
    """What happened has happened before the client can know."""

    async def main() -> None:
        shop = open_shop(profile=far(0.5))
        await shop.grant()
        created = await shop.create()
        timeline = await shop.admin("GET", f"payments/{created['paymentID']}/timeline")
        call = timeline["calls"][0]
        assert call["commit_ns"] - call["arrival_ns"] == 1_250_000_000
        assert call["end_ns"] - call["arrival_ns"] == 1_500_000_000
        assert call["modelled_wait_us"] == 1_500_000

    run_virtual(main())


def test_a_client_that_gives_up_does_not_stop_the_call(open_shop):
    """Execute is committed though nobody waits any more: ask, do not repeat."""

    async def main() -> None:
        shop = open_shop(profile=load_profile("constant"))
        await shop.grant()
        payment_id = await shop.approved()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.4):
                await shop.execute(payment_id)
        assert (await shop.admin("GET", "ledger"))["captures"] == []
        await asyncio.sleep(0.7)
        assert len((await shop.admin("GET", "ledger"))["captures"]) == 1
        assert (await shop.query(payment_id))["transactionStatus"] == "Completed"

    run_virtual(main())


def test_the_gateways_own_answers_take_no_modelled_time(open_shop):
    """401, 400, 403 come from the front; only the network counts."""

    async def main() -> None:
        shop = open_shop(profile=load_profile("guide"))
        await shop.grant()
        for answer in (
            await shop.call("create", shop.order(), authorization="none"),
            await shop.call("create", b"{"),
            await shop.call("/nowhere"),
        ):
            assert answer.headers["server-timing"] == "model;dur=0.000"

    run_virtual(main())


def test_the_gateway_gives_up_after_29_seconds_and_the_call_goes_on(open_shop):
    """504 from the gateway in front; bKash behind it commits, and query finds the money moved."""

    async def main() -> None:
        slow = Profile(
            name="slow",
            operations={"execute_payment": Distribution(Constant(40.0))},
            network=Network(gateway_round_trip_s=0.2),
        )
        shop = open_shop(profile=slow)
        await shop.grant()
        payment_id = await shop.approved()
        begun_s = asyncio.get_running_loop().time()
        answer = await shop.call("execute", {"paymentID": payment_id})
        assert asyncio.get_running_loop().time() - begun_s == pytest.approx(29.2)
        assert (answer.status_code, answer.json()) == (
            504,
            {"message": "Endpoint request timed out"},
        )
        assert answer.headers["server-timing"] == "model;dur=29200.000"
        assert (await shop.query(payment_id))["transactionStatus"] == "Initiated"
        await asyncio.sleep(11)
        assert (await shop.query(payment_id))["transactionStatus"] == "Completed"
        timeline = (await shop.admin("GET", f"payments/{payment_id}/timeline"))["calls"]
        (call,) = [c for c in timeline if c["operation"] == "execute_payment"]
        assert (call["status"], call["code"]) == (504, "504")
        assert call["commit_ns"] - call["end_ns"] == pytest.approx(11e9)

    run_virtual(main())


def test_without_a_round_trip_the_gateway_gives_up_at_29_seconds(open_shop):
    """Nothing more is waited for."""

    async def main() -> None:
        slow = Profile(name="slow", operations={"create_payment": Distribution(Constant(30.0))})
        shop = open_shop(profile=slow)
        await shop.grant()
        answer = await shop.call("create", shop.order())
        assert answer.status_code == 504
        await asyncio.sleep(2)
        assert (await shop.admin("GET", "payments"))["total"] == 1

    run_virtual(main())


def waits(answers: list[httpx.Response]) -> list[str]:
    return [answer.headers["server-timing"] for answer in answers]


def test_the_nth_refresh_is_equally_slow_whichever_payment_sets_it_off(open_shop):
    """A refresh serves all shoppers: who met the stale token first does not change its draw."""

    async def main() -> None:
        first = open_shop(profile=load_profile("guide"))
        second = open_shop(at=first, app_key="other")
        drawn = []
        for shop, arrivals in ((first, (1, 2)), (second, (8, 9))):
            await shop.grant()
            for arrival in arrivals:
                shop.extra["traceparent"] = traceparent(trace_id(seed=1, arrival=arrival), span=1)
                answer = await shop.http.post(
                    REFRESH,
                    json={
                        "app_key": shop.app_key,
                        "app_secret": shop.app_secret,
                        "refresh_token": shop.refresh_token,
                    },
                    headers={
                        "username": shop.username,
                        "password": shop.password,
                        **shop.extra,
                    },
                )
                drawn.append(answer.headers["server-timing"])
        assert drawn[:2] == drawn[2:]
        assert drawn[0] != drawn[1]

    run_virtual(main())


def test_two_app_keys_see_the_same_latencies_for_the_same_payment(open_shop):
    """The key of a draw is the payment, not who asks: variants can be compared pair by pair."""

    async def main() -> None:
        first = open_shop(profile=load_profile("guide"))
        second = open_shop(at=first, app_key="other")
        drawn = []
        for shop in (first, second):
            await shop.grant()
            answers = []
            for arrival in range(5):
                trace = traceparent(trace_id(seed=1, arrival=arrival), span=arrival + 1)
                shop.extra = {"traceparent": trace}
                answers.append(await shop.call("create", shop.order()))
                answers += [await shop.call("query", {"paymentID": "?"}) for _ in range(2)]
            drawn.append(waits(answers))
        assert drawn[0] == drawn[1]
        assert len(set(drawn[0])) == 15, "every call of a payment draws anew"

    run_virtual(main())


def test_without_a_trace_the_invoice_is_the_key(open_shop):
    """For execute and query too, whose ids are random: one seed, one latency per invoice."""

    async def journey(shop) -> list[str]:
        await shop.grant()
        answers = []
        for invoice in ("a", "b"):
            created = await shop.call("create", shop.order(merchantInvoiceNumber=invoice))
            payment_id = created.json()["paymentID"]
            answers += [created, await shop.call("execute", {"paymentID": payment_id})]
        return waits(answers)

    async def main() -> None:
        shops = [open_shop(profile=load_profile("guide"), seed=seed) for seed in (1, 1, 2)]
        drawn = [await journey(shop) for shop in shops]
        assert drawn[0] == drawn[1] != drawn[2]

    run_virtual(main())


@pytest.mark.parametrize(
    "header",
    ["", "00-zz-01", "00-" + "0" * 32 + "-0000000000000001-01", "00-" + "A" * 32 + "-1-01"],
)
async def test_a_malformed_traceparent_is_no_trace(shop, header: str):
    """As W3C asks: it is passed over."""
    shop.extra = {"traceparent": header}
    await shop.create()
    assert (await shop.admin("GET", "journal"))["calls"][-1]["trace"] == ""


def test_the_same_seed_gives_the_same_bytes(open_shop):
    """With a given secret and start, two runs do not differ in a byte."""

    async def journey() -> list[bytes]:
        shop = open_shop(profile=load_profile("guide"), id_secret=b"0123456789abcdef")
        await shop.grant()
        answers = [await shop.call("create", shop.order()) for _ in range(3)]
        for answer in answers[:]:
            payment_id = answer.json()["paymentID"]
            await shop.admin("POST", f"payments/{payment_id}/approve")
            answers.append(await shop.call("execute", {"paymentID": payment_id}))
        journal = await shop.http.get("/_mock/journal")
        return [answer.content for answer in (*answers, journal)]

    assert run_virtual(journey()) == run_virtual(journey())


async def test_state_and_counts_are_separate_per_app_key(shop, open_shop):
    """Nothing of one is counted or seen with the other."""
    other = open_shop(at=shop, app_key="other")
    await other.grant()
    await shop.execute(await shop.approved())
    await shop.call("create", b"{")
    mine = await shop.admin("GET", "counters", params={"app_key": "shop"})
    theirs = await shop.admin("GET", "counters", params={"app_key": "other"})
    assert mine["calls"] == {"token_grant": 1, "create_payment": 2, "execute_payment": 1}
    assert (mine["errors"], mine["payments_created"]) == ({"400": 1}, 1)
    assert theirs["calls"] == {"token_grant": 1}
    assert theirs["payments_created"] == 0
