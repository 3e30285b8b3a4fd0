"""Laws of the background refresher."""

import asyncio
import logging

import httpx
import pytest

from harness.client import BackgroundRefresher, WarmReport, Warmth
from harness.simulation import run_virtual


async def refreshing(client, duration_s: float, **options: float) -> None:
    refresher = BackgroundRefresher(client.tokens, **options)
    refresher.start()
    refresher.start()
    await asyncio.sleep(duration_s)
    await refresher.stop()
    await refresher.stop()


@pytest.mark.parametrize("flags", [("token_cache",), ("token_store",)], ids=str)
def test_the_token_is_renewed_at_45_of_its_60_minutes(kit, bkash, flags):
    """A token call at start and every 45 minutes; none in between."""
    times = []

    async def note(request: httpx.Request) -> httpx.Response:
        if "token" in request.url.path:
            times.append(round(asyncio.get_running_loop().time()))
        return await bkash(request)

    async def main() -> None:
        options = dict.fromkeys(flags, True)
        client = kit.client(httpx.MockTransport(note), store=kit.MemoryStore(), **options)
        await refreshing(client, 3 * 2700.0 + 1.0)

    run_virtual(main())
    assert times == [0, 2700, 5400, 8100]


def test_payments_meet_no_stale_token_while_it_runs(kit, bkash):
    """None of them waits."""
    bkash.delay_s = {"token_grant": 2.0, "token_refresh": 2.0}

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True, early_refresh=True)
        refresher = BackgroundRefresher(client.tokens)
        refresher.start()
        await asyncio.sleep(3.0)
        for _ in range(1_000):
            await client.tokens.token()
            await asyncio.sleep(10.0)
        await refresher.stop()
        assert client.tokens.counts().misses == 0

    run_virtual(main())


def test_it_is_scaled_to_the_wall(kit, bkash):
    """At scale 0.01 an hour's token is renewed every 27 wall seconds."""

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True, time_scale=0.01)
        await refreshing(client, 55.0, time_scale=0.01)

    run_virtual(main())
    assert bkash.token_calls == 3


def test_an_outage_is_survived_logged_and_not_stormed(kit, bkash, caplog):
    """Tries are spaced, and when the gateway is back the token is too."""
    bkash.script = {"token_grant": [httpx.ConnectError("down") for _ in range(5)]}

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True)
        await refreshing(client, 300.0)
        assert (await client.tokens.token()).generation == 1

    with caplog.at_level(logging.WARNING):
        run_virtual(main())
    assert bkash.token_calls == 6
    assert len(caplog.records) == 5
    assert "token_grant: NotSent" in caplog.text


def test_whatever_a_store_raises_is_survived_and_not_quoted(kit, bkash, caplog):
    """Its text could be a row of the token table."""

    class Broken(kit.MemoryStore):
        async def save(self, token) -> None:
            raise OSError("canary")

    async def main() -> None:
        store = Broken()
        client = kit.client(bkash.transport, store=store, token_store=True)
        await refreshing(client, 12.0)
        assert store.loads == 3

    with caplog.at_level(logging.DEBUG):
        run_virtual(main())
    assert "OSError" in caplog.text
    assert "canary" not in caplog.text


def test_where_there_is_nothing_to_keep_fresh_it_ends(kit, bkash):
    """The baseline keeps no token."""

    async def main() -> None:
        client = kit.client(bkash.transport)
        before = len(asyncio.all_tasks())
        refresher = BackgroundRefresher(client.tokens)
        refresher.start()
        await asyncio.sleep(1.0)
        assert len(asyncio.all_tasks()) == before
        await refresher.stop()

    run_virtual(main())
    assert not bkash.calls


def test_a_report_that_is_always_due_does_not_make_it_spin(kit):
    """A tenth of a second lies between two looks at least; without a due time it is five."""
    looks = []

    class Restless:
        async def warm(self, *, renew_at: float | None = None) -> WarmReport:
            looks.append(asyncio.get_running_loop().time())
            return WarmReport(Warmth.LOADED, due_s=0.0 if len(looks) < 3 else None)

    async def main() -> None:
        refresher = BackgroundRefresher(Restless())  # type: ignore[arg-type]
        refresher.start()
        await asyncio.sleep(6.0)
        await refresher.stop()

    run_virtual(main())
    assert [round(at_s, 3) for at_s in looks] == [0.0, 0.1, 0.2, 5.2]


def test_stopping_ends_a_look_that_is_under_way(kit, bkash):
    """Nothing is left running."""
    bkash.delay_s = {"token_grant": 1e6}

    async def main() -> None:
        client = kit.client(bkash.transport, token_store=True, store=kit.MemoryStore())
        await refreshing(client, 1.0)
        await client.aclose()
        assert len(asyncio.all_tasks()) == 1
        assert asyncio.get_running_loop().time() == 1.0

    run_virtual(main())
