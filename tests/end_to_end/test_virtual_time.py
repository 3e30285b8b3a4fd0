"""Proof of the time design: mock, client, merchant and journey on a clock that jumps.

With profile `constant` a payment's time is a sum that can be worked out by hand. It comes out to
the nanosecond, over hours of virtual time, and the process never waits.
"""

import asyncio
import selectors
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from harness.client import Credentials
from harness.clock import NS_PER_S, now_ns
from harness.load import (
    Answer,
    Boundary,
    Crowd,
    Exchange,
    Request,
    ThinkTimes,
    Walk,
    load_target,
    start_journey,
)
from harness.merchant import BUILTIN, MerchantSettings, SeedSize, Variant, build_merchant
from harness.rundata import RequestName
from harness.simulation import run_virtual
from mock_bkash import ApproveMode, LatencyModel, MockConfig, create_app, load_profile

SHOP = "http://127.0.0.1:8800"
BKASH = "http://127.0.0.1:8700"

THINK_S = 1.0
"""Between landing and paying: shorter than a grant, so that a cold token is met half-way."""

VALIDATION = 250_000_000
TRIP = 100_000_000
LOOKUP = 200_000_000
GRANT = 2_000_000_000
CREATE = EXECUTE = 1_000_000_000
"""Profile `constant`, ns. A trip is one of insert, attach, load and update."""

PAYMENTS = TRIP + CREATE + TRIP + TRIP + EXECUTE + TRIP
"""insert, create, attach, load, execute, update: what is left when tokens and checks cost nothing.
"""

# A landed page has warmed the token for as long as the shopper thought and the checks and the
# insert took; the payment waits for the rest of lookup and grant.
WARMED = LOOKUP + GRANT - round(THINK_S * NS_PER_S)

FLOOR = TRIP + CREATE + TRIP + EXECUTE + TRIP

STEADY = {
    "sequential": 3 * VALIDATION + PAYMENTS + 2 * (LOOKUP + GRANT),
    "stored": 3 * VALIDATION + PAYMENTS + 2 * LOOKUP,
    "cached": 3 * VALIDATION + PAYMENTS,
    "parallel": VALIDATION + PAYMENTS,
    "prefetch": VALIDATION + PAYMENTS,
    "optimized": VALIDATION + PAYMENTS,
    "overlapped": FLOOR,
}
COLD = {
    "sequential": STEADY["sequential"],
    "stored": STEADY["stored"] + GRANT,
    "cached": STEADY["cached"] + LOOKUP + GRANT,
    "parallel": STEADY["parallel"] + LOOKUP + GRANT,
    "prefetch": STEADY["prefetch"] + WARMED - VALIDATION - TRIP,
    "optimized": STEADY["optimized"] + WARMED - VALIDATION - TRIP,
    "overlapped": STEADY["overlapped"] + WARMED - TRIP,
}


@dataclass
class World:
    """One merchant and one mock in one process, and a shopper's browser.

    Attributes:
        times_ns: payment times, in the order in which payments were made.
    """

    variant: Variant
    folder: Path
    times_ns: list[int] = field(default_factory=list)

    async def live(self, gaps_s: list[float]) -> float:
        """Let shoppers pay one after the other, `gaps_s` apart; return the loop's time after."""
        profile = load_profile("constant")
        mock = create_app(MockConfig(profile=profile, seed=1, approve=ApproveMode.AUTO))
        merchant = build_merchant(
            MerchantSettings(
                variant=self.variant,
                gateway_url=f"{BKASH}/v1.2.0-beta",
                credentials=Credentials(
                    app_key="key", app_secret="secret", username="shop", password="word"
                ),
                database_path=self.folder / f"{self.variant.name}.sqlite",
                public_url=SHOP,
                seed_size=SeedSize(old_payments=0),
            ),
            transport=httpx.ASGITransport(app=mock),
            delay=LatencyModel(profile, 1).delay_us,
        )
        await merchant.start()
        mounts = {
            SHOP: httpx.ASGITransport(app=merchant.app),
            BKASH: httpx.ASGITransport(app=mock),
        }
        async with httpx.AsyncClient(mounts=mounts) as http:
            for arrival, gap_s in enumerate(gaps_s):
                await asyncio.sleep(gap_s)
                self.times_ns.append(await pay(http, arrival))
        await merchant.stop()
        return asyncio.get_running_loop().time()


async def pay(http: httpx.AsyncClient, arrival: int) -> int:
    """Walk one shopper through the shop, and return the payment time, ns."""
    journey = start_journey(
        load_target("merchant"),
        Crowd(seed=1).shopper(arrival),
        url=SHOP,
        think=ThinkTimes(land_s=THINK_S, approve_s=1.0),
        boundary=Boundary(),
    )
    walk = Walk(journey, due_ns=now_ns(), time_scale=1.0)
    background: list[asyncio.Task[Exchange]] = []
    total_ns = 0
    while (request := walk.request) is not None:
        await asyncio.sleep((walk.due_ns - now_ns()) / NS_PER_S)
        sending = asyncio.create_task(send(http, request, walk.due_ns))
        if request.background:
            background.append(sending)
            walk.go_on()
            continue
        exchange = await sending
        assert exchange.reading.ok, exchange.reading.error
        # The clocks agree to the nanosecond: what was due at an instant was sent at that instant.
        assert exchange.start_ns == exchange.intended_ns
        if request.name in (RequestName.MAKE_PAYMENT, RequestName.CALLBACK):
            total_ns += exchange.end_ns - exchange.intended_ns
        walk.answered(exchange)
    await asyncio.gather(*background)
    return total_ns


async def send(http: httpx.AsyncClient, request: Request, due_ns: int) -> Exchange:
    start_ns = now_ns()
    response = await http.request(
        request.method, request.url, headers=dict(request.headers), content=request.body
    )
    answer = Answer(
        status=response.status_code,
        headers={name.lower(): value for name, value in response.headers.items()},
        body=response.content,
    )
    return Exchange.of(request, answer, intended_ns=due_ns, start_ns=start_ns, end_ns=now_ns())


@pytest.mark.parametrize("name", list(BUILTIN))
def test_payment_time_is_the_sum_worked_out_by_hand(name, tmp_path):
    """Each variant's payment takes exactly its stages' constants, in ns: cold first, then warm."""
    world = World(BUILTIN[name], tmp_path)
    run_virtual(world.live([0.0, 60.0, 60.0, 60.0]))
    assert world.times_ns == [COLD[name], *[STEADY[name]] * 3]


def test_sums_are_those_of_the_guide():
    """The sums themselves, in seconds, as the design states them."""
    assert {name: ns / NS_PER_S for name, ns in STEADY.items()} == {
        "sequential": 7.55,
        "stored": 3.55,
        "cached": 3.15,
        "parallel": 2.65,
        "prefetch": 2.65,
        "optimized": 2.65,
        "overlapped": 2.3,
    }


@pytest.mark.parametrize("name", ["stored", "cached", "optimized"])
def test_no_real_time_passes(name, tmp_path, monkeypatch):
    """Hours go by on the loop, and the process waits for nothing: both clocks are looked at.

    An asyncio program can wait in its selector, in a sleep, or in a thread. So a call of the
    selector is seen, and must have asked it not to wait; a sleep fails, and there is no thread.
    """
    waits_s: list[float | None] = []
    select = selectors.DefaultSelector.select

    def watched(self, timeout=None):
        waits_s.append(timeout)
        return select(self, timeout)

    def sleep(_: float) -> None:
        raise AssertionError("the process slept")

    monkeypatch.setattr(selectors.DefaultSelector, "select", watched)
    monkeypatch.setattr(time, "sleep", sleep)
    threads = threading.active_count()
    world = World(BUILTIN[name], tmp_path)
    end_s = run_virtual(world.live([0.0, 3600.0, 7200.0]))
    assert end_s > 10_800
    assert set(waits_s) <= {0}
    assert threading.active_count() == threads
    # Each pause was longer than a token lives: who has no refresher meets an expired token again.
    expired = STEADY[name] if name == "optimized" else COLD[name]
    assert world.times_ns == [COLD[name], expired, expired]


def test_same_seed_gives_the_same_nanoseconds(tmp_path):
    """Two worlds of one seed are equal to the nanosecond."""
    first, second = (World(BUILTIN["cached"], tmp_path / text) for text in ("a", "b"))
    for world in (first, second):
        world.folder.mkdir()
        run_virtual(world.live([0.0, 1.5, 0.1]))
    assert first.times_ns == second.times_ns
