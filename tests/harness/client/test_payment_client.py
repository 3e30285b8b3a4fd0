"""Laws of payments: the money moves once, and nobody is told what nobody knows."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from hypothesis import given, settings, strategies as st

from harness.client import (
    Completed,
    Declined,
    PaymentClient,
    StillUnknown,
)
from harness.clock import NS_PER_S
from harness.errors import (
    GatewayProtocolError,
    NotSent,
    OutcomeUnknown,
    Refused,
)
from harness.simulation import run_virtual
from harness.stages import Timeline, current_timeline

Answering = Callable[[httpx.Request], Awaitable[httpx.Response]]


def executed_but(kit, bkash, damage: Exception | httpx.Response) -> Answering:
    """Execute the payment, and lose or spoil the answer."""

    async def answer(request: httpx.Request) -> httpx.Response:
        bkash.payment(kit.PAYMENT_ID, execute=True)
        if isinstance(damage, Exception):
            raise damage
        return damage

    return answer


def execute(kit, bkash, **options: bool) -> object:
    """Execute the payment on virtual time; return the result."""

    async def main() -> object:
        client = kit.client(bkash.transport, **{"token_cache": True, **options})
        return await client.execute(kit.PAYMENT_ID, terms=kit.terms)

    return run_virtual(main())


def test_a_payment_is_created_and_executed_with_one_token(kit, bkash):
    """Two calls and a grant; query is not called on the normal path, which bKash would refuse."""
    bkash.delay_s = {"token_grant": 2.0, "create_payment": 1.0, "execute_payment": 1.0}

    async def main() -> list[tuple[str, int]]:
        timeline = Timeline(origin_ns=0)
        current_timeline.set(timeline)
        client = kit.client(bkash.transport, token_cache=True)
        created = await client.create(kit.order)
        result = await client.execute(created.payment_id, terms=kit.terms)
        assert result == Completed(kit.PAYMENT_ID, "6I3801RD1Q")
        assert client.gateway.counts().total == 3
        return [(s.name, s.duration_ns // NS_PER_S) for s in timeline.stages]

    stages = [("token_grant", 2), ("create_payment", 1), ("execute_payment", 1)]
    assert run_virtual(main()) == stages


LOST = [
    httpx.ReadError("reset"),
    httpx.RemoteProtocolError("disconnected"),
    httpx.Response(502, content=b"Bad Gateway"),
    httpx.Response(504, json={"message": "Endpoint request timed out"}),
]

SPOILT = [
    httpx.Response(200, content=b'{"statusCode":"0000","paym'),
    httpx.Response(200, content=b"<html>"),
    httpx.Response(200, content=b"x" * 100_000),
    httpx.Response(200, json={"statusCode": "0000", "paymentID": "TR-another"}),
]


@pytest.mark.parametrize("damage", LOST + SPOILT, ids=repr)
def test_r1_r5_an_execute_without_a_usable_answer_is_asked_about_and_never_sent_again(
    kit, bkash, damage
):
    """The money had moved: query finds it, and the shopper has paid once."""
    bkash.script = {"execute_payment": [executed_but(kit, bkash, damage)]}
    assert execute(kit, bkash) == Completed(kit.PAYMENT_ID, "6I3801RD1Q", queried=True)
    assert bkash.calls == {"token_grant": 1, "execute_payment": 1, "query_payment": 1}


@pytest.mark.parametrize("retrying", [False, True], ids=["documented", "timeouts"])
@pytest.mark.parametrize("damage", LOST, ids=repr)
def test_r3_when_query_does_not_know_either_the_payment_stays_unknown(
    kit, bkash, damage, retrying: bool
):
    """bKash says `Initiated`: perhaps not yet. Neither paid nor failed, and no second execute."""
    bkash.script = {"execute_payment": [damage]}
    result = execute(kit, bkash, timeouts=retrying)
    assert isinstance(result, StillUnknown)
    assert isinstance(result.reason, OutcomeUnknown)
    assert bkash.calls["execute_payment"] == 1


def test_r4_an_execute_that_hangs_is_asked_about_at_its_timeout(kit, bkash):
    """At 10 s with the optimization, on the loop's clock."""

    async def hang(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(1e6)
        raise AssertionError

    bkash.script = {"execute_payment": [hang]}

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True, timeouts=True)
        result = await client.execute(kit.PAYMENT_ID, terms=kit.terms)
        assert isinstance(result, StillUnknown)
        assert asyncio.get_running_loop().time() == 10.0

    run_virtual(main())


@pytest.mark.parametrize("code", ["2062", "2068", "2117"])
def test_r6_already_executed_means_ask_for_the_result(kit, bkash, code: str):
    """It is no error to the payer."""
    bkash.script = {"execute_payment": [executed_but(kit, bkash, kit.refusal(code))]}
    assert execute(kit, bkash) == Completed(kit.PAYMENT_ID, "6I3801RD1Q", queried=True)


@pytest.mark.parametrize(
    ("code", "words"),
    [("2023", "Insufficient Balance"), ("2015", "Wrong PIN count exceeded"), ("2056", "Invalid")],
)
def test_r7_a_clear_refusal_is_final_and_says_bkashs_words(kit, bkash, code: str, words: str):
    """No retry and no query."""
    bkash.script = {"execute_payment": [kit.refusal(code, words)]}
    assert execute(kit, bkash, timeouts=True) == Declined(kit.PAYMENT_ID, code, words)
    assert bkash.calls == {"token_grant": 1, "execute_payment": 1}


@pytest.mark.parametrize("status", [400, 403, 404])
def test_what_the_gateway_in_front_refused_is_final(kit, bkash, status: int):
    """bKash never saw it, and would not see it the next time either."""
    bkash.script = {"execute_payment": [kit.gateway_error(status, "Invalid request body")]}
    assert execute(kit, bkash) == Declined(kit.PAYMENT_ID, str(status), "Invalid request body")


@pytest.mark.parametrize("code", ["503", "2003", "2020", "2024", "2029", "9999"])
@pytest.mark.parametrize("moved", [True, False], ids=["moved", "not moved"])
def test_r8_r9_a_vague_code_is_asked_about_and_never_taken_for_a_decline(
    kit, bkash, code: str, moved: bool
):
    """Process failed, exceptions, maintenance, duplicate: bKash does not say whether it moved."""
    vague = kit.refusal(code)
    bkash.script = {"execute_payment": [executed_but(kit, bkash, vague) if moved else vague]}
    result = execute(kit, bkash)
    if moved:
        assert result == Completed(kit.PAYMENT_ID, "6I3801RD1Q", queried=True)
    else:
        assert isinstance(result, StillUnknown)
        assert isinstance(result.reason, Refused)
        assert result.reason.status_code == code


@pytest.mark.parametrize("status", ["Cancelled", "Declined", "Expired"])
def test_when_query_says_it_never_was_and_never_will_be_paid_it_is_declined(
    kit, bkash, status: str
):
    """A doubt that bKash itself removes."""
    bkash.script = {
        "execute_payment": [httpx.ReadError("")],
        "query_payment": [kit.success(paymentID=kit.PAYMENT_ID, transactionStatus=status)],
    }
    expected = Declined(kit.PAYMENT_ID, status, f"Payment {status.lower()}")
    assert execute(kit, bkash) == expected


@pytest.mark.parametrize("status", ["Authorized", "Initiated", "Processing"])
def test_an_accepted_execute_that_is_not_completed_is_asked_about(kit, bkash, status: str):
    """Success is the word `Completed`, not the code 0000."""
    answer = kit.success(paymentID=kit.PAYMENT_ID, transactionStatus=status)
    bkash.script = {"execute_payment": [answer]}
    assert isinstance(execute(kit, bkash), StillUnknown)
    assert bkash.calls["query_payment"] == 1


def test_r35_a_query_that_contradicts_the_order_wants_a_person(kit, bkash):
    """Another amount is not our payment; the reason says so, and outweighs the lost answer."""
    answer = {"paymentID": kit.PAYMENT_ID, "transactionStatus": "Completed", "currency": "BDT"}
    bkash.script = {
        "execute_payment": [httpx.ReadError("")],
        "query_payment": [kit.success(**answer, trxID="6I38", amount="1")],
    }
    result = execute(kit, bkash)
    assert isinstance(result, StillUnknown)
    assert isinstance(result.reason, GatewayProtocolError)


@pytest.mark.parametrize("code", ["401", "2079"])
@pytest.mark.parametrize("operation", ["create_payment", "execute_payment"])
def test_t14_a_rejected_token_is_replaced_and_the_call_replayed_once(
    kit, bkash, code: str, operation: str
):
    """Safe for execute too: the gateway checks the token before it does anything."""
    rejected = kit.gateway_error(401, "Unauthorized") if code == "401" else kit.refusal(code)
    bkash.script = {operation: [rejected]}

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True)
        created = await client.create(kit.order)
        result = await client.execute(created.payment_id, terms=kit.terms)
        assert isinstance(result, Completed)

    run_virtual(main())
    assert bkash.calls[operation] == 2
    assert (bkash.calls["token_grant"], bkash.calls["token_refresh"]) == (1, 1)
    assert len(bkash.captured) == 1


@pytest.mark.parametrize(
    "options",
    [{}, {"token_store": True}, {"token_cache": True}, {"token_store": True, "token_cache": True}],
    ids=str,
)
def test_t4_a_revoked_token_in_the_middle_of_a_hundred_payments_harms_none(kit, bkash, options):
    """Each is replayed once, whatever keeps the tokens."""
    bkash.delay_s = {"token_grant": 2.0, "token_refresh": 2.0, "query_payment": 1.0}

    async def main() -> None:
        client = kit.client(bkash.transport, store=kit.MemoryStore(), **options)
        await client.query(kit.PAYMENT_ID)
        asking = asyncio.gather(*(client.query(kit.PAYMENT_ID) for _ in range(100)))
        bkash.revoked = {"id-1"}
        await asking

    run_virtual(main())
    if "token_cache" in options:
        assert bkash.token_calls == 2
        assert bkash.calls["query_payment"] == 1 + 200


def test_t6_after_one_replay_the_answer_stands(kit, bkash):
    """Two 401s are an error, told to create as a refusal and to execute as "not executed"."""
    rejected = [kit.gateway_error(401, "Unauthorized") for _ in range(4)]
    bkash.script = {"create_payment": rejected[:2], "execute_payment": rejected[2:]}

    async def main() -> None:
        with pytest.raises(Refused) as refused:
            await kit.client(bkash.transport, token_cache=True).create(kit.order)
        assert refused.value.http_status == 401
        client = kit.client(bkash.transport, token_cache=True)
        with pytest.raises(NotSent, match="not executed"):
            await client.execute(kit.PAYMENT_ID, terms=kit.terms)

    run_virtual(main())
    assert not bkash.captured


def test_a_receipt_can_be_searched(kit, bkash):
    """With a token of the same source."""

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True)
        assert (await client.search("6I38")).amount_poisha == 2_000

    run_virtual(main())


def test_closing_ends_token_work_before_the_transport(kit, bkash):
    """Nothing is sent into a closed pool."""
    bkash.delay_s = {"token_grant": 2.0}

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True)
        waiting = asyncio.create_task(client.create(kit.order))
        await asyncio.sleep(1.0)
        await client.aclose()
        with pytest.raises(NotSent):
            await waiting

    run_virtual(main())


WEATHER = st.sampled_from(
    ["works", "lost after", "spoilt", "lost", "503", "down", "401", "vague", "429"]
)


@settings(max_examples=200, deadline=None)
@given(
    executes=st.lists(WEATHER, max_size=6),
    queries=st.lists(WEATHER, max_size=6),
    retrying=st.booleans(),
    repeats=st.integers(1, 3),
)
def test_r39_in_any_weather_money_moves_at_most_once_and_no_verdict_is_wrong(
    kit, executes: list[str], queries: list[str], retrying: bool, repeats: int
):
    """Paid means captured, nothing that moved is called declined, and what left is not sent again.

    "Not sent" must be true, or the caller's next attempt would be a second execute.
    """
    bkash = kit.FakeBkash()
    storm = kit.Storm(bkash, {"execute_payment": executes, "query_payment": queries})

    async def attempt(client: PaymentClient) -> None:
        sent_before = storm.reached["execute_payment"]
        try:
            result = await client.execute(kit.PAYMENT_ID, terms=kit.terms)
        except NotSent:
            assert storm.reached["execute_payment"] == sent_before
            return
        assert storm.reached["execute_payment"] == sent_before + 1
        assert isinstance(result, StillUnknown) or bkash.captured
        assert not isinstance(result, Declined)

    async def main() -> None:
        client = kit.client(storm.transport, token_cache=True, timeouts=retrying)
        for _ in range(repeats):
            await attempt(client)

    run_virtual(main())
    assert len(bkash.captured) <= 1
