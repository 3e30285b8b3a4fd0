"""Laws of what a payment client does again, how often, and until when."""

import asyncio

import httpx
import pytest

from harness.client import (
    Completed,
    Deadline,
    StillUnknown,
    TransactionStatus,
)
from harness.errors import (
    NotSent,
    OutcomeUnknown,
    Refused,
)
from harness.simulation import run_virtual


def execute(kit, bkash, **options: bool) -> object:
    """Execute the payment on virtual time; return the result."""

    async def main() -> object:
        client = kit.client(bkash.transport, **{"token_cache": True, **options})
        return await client.execute(kit.PAYMENT_ID, terms=kit.terms)

    return run_virtual(main())


@pytest.mark.parametrize(
    "script",
    [
        {"token_grant": [httpx.ReadError("lost")]},
        {"token_grant": [httpx.ConnectError("down")]},
        {"token_grant": [httpx.Response(200, content=b"?")]},
        {"token_grant": [httpx.Response(200, json={"statusCode": "2001"})]},
        {"execute_payment": [httpx.ConnectError("down")]},
        {"execute_payment": [httpx.Response(429, json={"message": "Too Many Requests"})]},
    ],
    ids=repr,
)
def test_an_execute_that_bkash_never_saw_is_told_apart_from_a_doubtful_one(kit, bkash, script):
    """No token, no connection, or too many calls: no query, and it may be executed later."""
    bkash.script = script
    with pytest.raises(NotSent) as caught:
        execute(kit, bkash)
    assert (caught.value.phase, caught.value.payment_id) == ("execute_payment", kit.PAYMENT_ID)
    assert bkash.calls["query_payment"] == 0


def test_without_the_optimization_nothing_is_made_again(kit, bkash):
    """Not even what could be."""
    bkash.script = {
        "create_payment": [httpx.ConnectError("down")],
        "query_payment": [httpx.ReadError("")],
    }

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True)
        with pytest.raises(NotSent):
            await client.create(kit.order)
        with pytest.raises(OutcomeUnknown):
            await client.query(kit.PAYMENT_ID)

    run_virtual(main())


@pytest.mark.parametrize("operation", ["create_payment", "execute_payment", "token_grant"])
def test_with_timeouts_what_was_not_sent_is_sent_again(kit, bkash, operation: str):
    """Nothing reached the gateway, so nothing can happen twice."""
    bkash.script = {operation: [httpx.ConnectError("down"), httpx.PoolTimeout("full")]}

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True, timeouts=True)
        await client.create(kit.order)
        result = await client.execute(kit.PAYMENT_ID, terms=kit.terms)
        assert isinstance(result, Completed)

    run_virtual(main())
    assert bkash.calls[operation] == 3


def test_a_lost_create_is_not_made_again_but_a_lost_token_call_is(kit, bkash):
    """R31: nothing of the payment had left when the token's connection turned out to be stale."""
    bkash.script = {
        "token_grant": [httpx.RemoteProtocolError("stale")],
        "create_payment": [httpx.RemoteProtocolError("stale")],
    }

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True, timeouts=True)
        with pytest.raises(OutcomeUnknown):
            await client.create(kit.order)

    run_virtual(main())
    assert bkash.calls == {"token_grant": 2, "create_payment": 1}


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.ReadError(""),
        httpx.Response(503),
        httpx.Response(200, content=b"?"),
        httpx.Response(200, json={"statusCode": "2003"}),
        httpx.Response(429, json={"message": "Too Many Requests"}),
    ],
    ids=repr,
)
def test_r11_a_query_that_fails_is_asked_again_with_growing_pauses(kit, bkash, trouble):
    """Three times in all; asking changes nothing."""
    bkash.script = {"query_payment": [trouble, trouble]}

    async def main() -> float:
        client = kit.client(bkash.transport, token_cache=True, timeouts=True)
        status = await client.query(kit.PAYMENT_ID, terms=kit.terms)
        assert status.status is TransactionStatus.INITIATED
        return asyncio.get_running_loop().time()

    assert 0.1 + 0.2 <= run_virtual(main()) <= 0.2 + 0.4


def test_a_query_that_is_refused_clearly_is_not_asked_again(kit, bkash):
    """The payment does not exist the next time either."""
    bkash.script = {"query_payment": [kit.refusal("2002", "Invalid Payment ID")]}

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True, timeouts=True)
        with pytest.raises(Refused, match="Invalid Payment ID"):
            await client.query("TR-none")

    run_virtual(main())


def test_the_deadline_ends_the_wait_for_a_token(kit, bkash):
    """And the payment was certainly not sent."""
    bkash.delay_s = {"token_grant": 14.0}

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True, timeouts=True)
        with pytest.raises(NotSent, match="deadline"):
            await client.create(kit.order, deadline=Deadline.after(3.0))
        assert asyncio.get_running_loop().time() == 3.0

    run_virtual(main())
    assert bkash.calls["create_payment"] == 0


def test_within_the_deadline_a_token_is_waited_for(kit, bkash):
    """The rest of the time is the call's."""
    bkash.delay_s = {"token_grant": 2.0, "create_payment": 60.0}

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True)
        with pytest.raises(OutcomeUnknown):
            await client.create(kit.order, deadline=Deadline.after(3.0))
        assert asyncio.get_running_loop().time() == 3.0

    run_virtual(main())


def test_execute_and_its_query_share_one_deadline(kit, bkash):
    """When execute has used it up, nothing is asked, and nothing is claimed."""
    bkash.delay_s = {"execute_payment": 60.0}

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True)
        result = await client.execute(kit.PAYMENT_ID, terms=kit.terms, deadline=Deadline.after(5.0))
        assert isinstance(result, StillUnknown)
        assert isinstance(result.reason, OutcomeUnknown)
        assert asyncio.get_running_loop().time() == 5.0

    run_virtual(main())
    assert bkash.calls["query_payment"] == 0


def test_a_deadline_exists_only_with_the_optimization(kit, bkash):
    """In modelled seconds, scaled to the wall."""

    async def main() -> None:
        assert kit.client(bkash.transport).deadline() is None
        deadline = kit.client(bkash.transport, timeouts=True, time_scale=0.1).deadline()
        assert deadline is not None
        assert deadline.remaining_s() == pytest.approx(3.0)

    run_virtual(main())
