"""Laws of the virtual network: it behaves as sockets do, with httpx's own errors."""

import asyncio
import random
import statistics
from typing import Any

import httpx
import pytest

from harness.client import PROGRESS, Progress
from harness.simulation import (
    Link,
    PoolLimits,
    Site,
    VirtualNetwork,
    VirtualTransport,
    run_virtual,
)
from harness.stages import parse_model_wait_ns

URL = "http://bkash.test/pay?x=1"


async def answer_at_once(scope, receive, send) -> None:
    await receive()
    headers = [(b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"paid"})


def wait_first(wait_s: float):
    async def app(scope, receive, send) -> None:
        await asyncio.sleep(wait_s)
        await answer_at_once(scope, receive, send)

    return app


def connect(app: Any = answer_at_once, *, keep_alive_s: float = 75.0, **link: float):
    """Return a transport to an application, and the site that serves it."""
    network = VirtualNetwork(seed=1)
    site = Site(app, keep_alive_s=keep_alive_s)
    network.add("http://bkash.test", site)
    return VirtualTransport(network, link=Link(**link), pool=PoolLimits(connections=2)), site


async def call(transport: VirtualTransport, **extensions: Any) -> httpx.Response:
    headers = extensions.pop("headers", {})
    request = httpx.Request("POST", URL, content=b"{}", headers=headers, extensions=extensions)
    response = await transport.handle_async_request(request)
    await response.aread()
    await response.aclose()
    return response


def elapsed_s() -> float:
    return asyncio.get_running_loop().time()


def test_a_new_connection_costs_two_round_trips_more():
    """TCP and TLS 1.3, one each; the request itself costs one."""

    async def use() -> list[float]:
        transport, _ = connect(round_trip_s=0.1)
        times = []
        for _ in range(2):
            before_s = elapsed_s()
            assert (await call(transport)).content == b"paid"
            times.append(round(elapsed_s() - before_s, 9))
        assert transport.connections_opened == 1
        return times

    assert run_virtual(use()) == [0.3, 0.1]


@pytest.mark.parametrize("who", ["client", "server"])
def test_connection_close_is_honoured_whoever_says_it(who: str):
    """Without keep-alive each call opens a connection."""

    async def close(scope, receive, send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"connection", b"close")] if who == "server" else [],
            }
        )
        await send({"type": "http.response.body", "body": b""})

    async def use() -> int:
        transport, _ = connect(close, round_trip_s=0.1)
        headers = {"Connection": "close"} if who == "client" else {}
        for _ in range(3):
            await call(transport, headers=headers)
        return transport.connections_opened

    assert run_virtual(use()) == 3


def test_who_finds_no_free_connection_waits_for_one():
    """Two slots, three calls of 1 s: the third ends at 2 s."""

    async def use() -> list[float]:
        transport, _ = connect(wait_first(1.0))

        async def one() -> float:
            await call(transport)
            return elapsed_s()

        return list(await asyncio.gather(one(), one(), one()))

    assert run_virtual(use()) == [1.0, 1.0, 2.0]


def test_a_connection_is_held_until_the_answer_is_closed():
    """As on sockets: who forgets to close an answer empties the pool."""

    async def use() -> str:
        transport, _ = connect()
        held = [await transport.handle_async_request(httpx.Request("GET", URL)) for _ in range(2)]
        with pytest.raises(httpx.PoolTimeout):
            await call(transport, timeout={"pool": 5.0})
        assert elapsed_s() == 5.0
        for response in held:
            await response.aclose()
        return (await call(transport, timeout={"pool": 5.0})).text

    assert run_virtual(use()) == "paid"


def test_httpx_timeouts_are_kept_to_the_instant():
    """Over an ASGI transport httpx keeps none of them; here each has its own exception."""

    async def use() -> list[tuple[str, float]]:
        seen = []
        for name, limit_s in (("connect", 0.19), ("connect", 0.21), ("read", 1.05), ("read", 1.2)):
            transport, _ = connect(wait_first(1.0), round_trip_s=0.1)
            before_s = elapsed_s()
            try:
                await call(transport, timeout={name: limit_s})
            except httpx.TimeoutException as error:
                seen.append((type(error).__name__, round(elapsed_s() - before_s, 9)))
            else:
                seen.append(("answered", round(elapsed_s() - before_s, 9)))
        return seen

    assert run_virtual(use()) == [
        ("ConnectTimeout", 0.19),
        ("answered", 1.3),
        ("ReadTimeout", 1.25),
        ("answered", 1.3),
    ]


def test_an_address_where_nobody_listens_refuses_the_connection():
    """The error is the one that sockets raise, and proves that nothing was sent."""

    async def use() -> None:
        transport, _ = connect()
        with pytest.raises(httpx.ConnectError, match=r"nobody listens at http://else\.test"):
            await transport.handle_async_request(httpx.Request("GET", "http://else.test/"))

    run_virtual(use())


def test_a_call_that_is_given_up_loses_its_connection_and_frees_its_slot():
    """Its answer may still be on the way, so nobody else may use the connection (R4)."""

    async def use() -> tuple[int, int]:
        transport, site = connect(wait_first(3.0))
        for _ in range(4):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(1.0):
                    await call(transport)
        await asyncio.sleep(10)
        return transport.connections_opened, site.requests

    assert run_virtual(use()) == (4, 4)


def test_progress_tells_whether_a_request_may_have_left():
    """While it waits for a slot nothing has; from its sending on it may."""

    async def use() -> list[bool]:
        transport, _ = connect(wait_first(10.0))
        progresses = [Progress() for _ in range(3)]
        tasks = [
            asyncio.create_task(call(transport, **{PROGRESS: progress})) for progress in progresses
        ]
        await asyncio.sleep(1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return [progress.sent for progress in progresses]

    assert run_virtual(use()) == [True, True, False]


def test_the_networks_time_is_added_to_the_modelled_wait_of_the_gateway():
    """The client reads one number, on both clocks: latency, connection and round trip."""

    async def gateway(scope, receive, send) -> None:
        await asyncio.sleep(1.0)
        timing = [(b"server-timing", b"model;dur=1000.000")]
        await send({"type": "http.response.start", "status": 200, "headers": timing})
        await send({"type": "http.response.body", "body": b""})

    async def use() -> list[int | None]:
        transport, _ = connect(gateway, round_trip_s=0.05)
        answers = [await call(transport) for _ in range(2)]
        return [parse_model_wait_ns(answer.headers["server-timing"]) for answer in answers]

    assert run_virtual(use()) == [1_150_000_000, 1_050_000_000]


def test_a_shops_own_stages_are_passed_on_untouched():
    """Only a gateway states a modelled wait of the whole answer."""

    async def shop(scope, receive, send) -> None:
        timing = [(b"server-timing", b"create_payment;dur=5;start=0;model=5")]
        await send({"type": "http.response.start", "status": 200, "headers": timing})
        await send({"type": "http.response.body", "body": b""})

    async def use() -> str:
        transport, _ = connect(shop, round_trip_s=0.05)
        return (await call(transport)).headers["server-timing"]

    assert run_virtual(use()) == "create_payment;dur=5;start=0;model=5"


def test_a_reset_comes_before_or_after_the_request_was_carried_out():
    """The client cannot tell which: half of the lost calls took effect all the same."""

    async def use() -> tuple[int, int, set[str]]:
        transport, site = connect(round_trip_s=0.01, reset=0.5)
        lost, errors = 0, set()
        for number in range(200):
            trace = f"00-{number:032x}-0000000000000001-01"
            try:
                await call(transport, headers={"traceparent": trace})
            except httpx.TransportError as error:
                lost += 1
                errors.add(type(error).__name__)
        return lost, 200 - site.requests, errors

    lost, not_carried_out, errors = run_virtual(use())
    assert 60 < lost < 140
    assert 0.3 < not_carried_out / lost < 0.7
    assert errors == {"RemoteProtocolError", "ReadError"}


def test_a_lost_packet_is_sent_again_after_its_timeout():
    """Loss costs time and nothing else: 1 s for the first, by RFC 6298."""

    async def use() -> set[float]:
        transport, _ = connect(round_trip_s=0.0, loss=0.3)
        times = set()
        for number in range(100):
            before_s = elapsed_s()
            await call(transport, headers={"traceparent": f"00-{number:032x}-{1:016x}-01"})
            times.add(round(elapsed_s() - before_s, 9))
        return times

    times = run_virtual(use())
    assert {0.0, 1.0, 2.0, 3.0} <= times
    assert all(time == round(time) for time in times)


def test_a_repeated_call_of_a_payment_has_a_fate_of_its_own():
    """A payment whose first execute was lost is not lost for ever."""

    async def use() -> set[bool]:
        transport, _ = connect(reset=0.5)
        fates = set()
        for _ in range(20):
            try:
                await call(transport, headers={"traceparent": f"00-{7:032x}-{1:016x}-01"})
                fates.add(True)
            except httpx.TransportError:
                fates.add(False)
        return fates

    assert run_virtual(use()) == {True, False}


def test_a_request_into_a_connection_that_the_server_just_closed_is_lost():
    """R31: the goodbye is on its way, so the client cannot know; zero bytes come back."""

    async def use() -> int:
        transport, site = connect(keep_alive_s=5.0, round_trip_s=0.1)
        await call(transport)
        await asyncio.sleep(4.92)
        with pytest.raises(httpx.RemoteProtocolError, match="disconnected"):
            await call(transport)
        return site.requests

    assert run_virtual(use()) == 1


def test_an_ordinary_httpx_client_works_over_it():
    """It is a transport like any other: query, method, status and body come through."""

    async def show(scope, receive, send) -> None:
        body = (await receive())["body"]
        seen = f"{scope['method']} {scope['path']}?{scope['query_string'].decode()} {body!r}"
        await send({"type": "http.response.start", "status": 201, "headers": []})
        await send({"type": "http.response.body", "body": seen.encode()})

    async def use() -> tuple[int, str]:
        transport, _ = connect(show)
        async with httpx.AsyncClient(transport=transport) as client:
            answer = await client.post("http://bkash.test/a%20b?c=d", content=b"e")
            return answer.status_code, answer.text

    assert run_virtual(use()) == (201, "POST /a b?c=d b'e'")


def test_waiting_for_connections_agrees_with_erlang():
    """M/M/2 at a load of 1.5: mean wait within four standard errors of the closed formula."""
    chance = random.Random(5)
    load, slots, count = 1.5, 2, 6_000
    services_s = [round(chance.expovariate(1.0), 9) for _ in range(count)]
    gaps_s = [round(chance.expovariate(load), 9) for _ in range(count)]

    async def serve(scope, receive, send) -> None:
        await asyncio.sleep(services_s[int(scope["query_string"])])
        await answer_at_once(scope, receive, send)

    async def use() -> list[float]:
        transport, _ = connect(serve)
        waited = [0.0] * count

        async def one(number: int) -> None:
            before_s = elapsed_s()
            request = httpx.Request("GET", f"http://bkash.test/?{number}")
            response = await transport.handle_async_request(request)
            await response.aclose()
            waited[number] = elapsed_s() - before_s - services_s[number]

        async with asyncio.TaskGroup() as group:
            for number, gap_s in enumerate(gaps_s):
                await asyncio.sleep(gap_s)
                group.create_task(one(number))
        return waited

    waited = run_virtual(use())[500:]
    # Erlang C for two servers: load² / (2 + load); mean wait is that over (2 - load) services.
    mean_s = load**2 / (2 + load) / (slots - load)
    batches = [statistics.fmean(waited[n : n + 137]) for n in range(0, len(waited) - 136, 137)]
    error_s = statistics.stdev(batches) / len(batches) ** 0.5
    assert abs(statistics.fmean(waited) - mean_s) < 4 * error_s
