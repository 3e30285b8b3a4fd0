"""How many payments a second one core of the merchant carries, gateway calls included.

The mock, the merchant and the shoppers are three processes that talk over loopback. On a machine
with two cores they get in each other's way, so the figure that counts is the processor time that
the merchant's process used per payment: its inverse is what one core carries.
"""

import asyncio
import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest

from harness.clock import NS_PER_S, monotonic_ns
from harness.merchant import SeedSize, audit_view, seed_database

pytestmark = pytest.mark.real_time

PAYMENTS = 600
WARM_UP = 60
SHOPPERS_AT_ONCE = 16
LEAST_PER_CORE = 200
READY = re.compile(r" listening on (http://\S+)")


@contextlib.contextmanager
def process(*arguments: str) -> Iterator[tuple[psutil.Process, str]]:
    """Start a server, yield it with the address that it announces, and end it."""
    child = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert child.stdout is not None
        line = child.stdout.readline()
        match = READY.search(line)
        assert match is not None, f"no ready line but {line!r}"
        yield psutil.Process(child.pid), match[1]
    finally:
        child.terminate()
        child.wait(timeout=20)
        child.stdout.close()


async def pay(session: aiohttp.ClientSession, merchant: str, user_id: int, course_id: int) -> None:
    """Make one payment from make-payment to the redirect of its callback."""
    body = {"user_id": user_id, "course_id": course_id}
    async with session.post(f"{merchant}/api/bkash/make-payment", json=body) as answer:
        assert answer.status == 200, await answer.text()
        url = (await answer.json())["data"]["bkashURL"]
    async with session.get(url, allow_redirects=False) as answer:
        callback = answer.headers["location"]
    async with session.get(callback, allow_redirects=False) as answer:
        assert "status=success" in answer.headers["location"], answer.headers["location"]


async def pay_many(merchant: str, pairs: list[tuple[int, int]]) -> float:
    """Make all payments, a few at once; return wall seconds."""
    queue = iter(pairs)
    async with aiohttp.ClientSession() as session:

        async def shop() -> None:
            for user_id, course_id in queue:
                await pay(session, merchant, user_id, course_id)

        began_ns = monotonic_ns()
        await asyncio.gather(*(shop() for _ in range(SHOPPERS_AT_ONCE)))
        return (monotonic_ns() - began_ns) / NS_PER_S


@pytest.mark.parametrize("variant", ["sequential", "optimized", "overlapped"])
def test_one_core_carries_two_hundred_payments_a_second(
    variant: str, tmp_path: Path, record_property: Any
) -> None:
    """With profile `fast`, a payment costs the merchant at most 5 ms of processor time."""
    database = tmp_path / "merchant.sqlite3"
    seed_database(database, size=SeedSize(old_payments=20_000))
    pairs = [(1 + n // 50, 1 + n % 50) for n in range(WARM_UP + PAYMENTS)]
    with (
        process(
            *("mock_bkash", "serve", "--port", "0", "--profile", "fast", "--approve", "auto")
        ) as (_, gateway),
        process(
            *("harness.cli", "serve", "--variant", variant, "--port", "0", "--profile", "fast"),
            *("--gateway", f"{gateway}/v1.2.0-beta", "--database", str(database)),
        ) as (merchant, url),
    ):
        asyncio.run(pay_many(url, pairs[:WARM_UP]))
        before = merchant.cpu_times()
        wall_s = asyncio.run(pay_many(url, pairs[WARM_UP:]))
        after = merchant.cpu_times()
    cpu_s = after.user - before.user + after.system - before.system
    per_core = PAYMENTS / cpu_s
    record_property("payments_per_core_s", round(per_core))
    print(  # noqa: T201
        f"\n{variant}: {per_core:.0f} payments/s of one core"
        f" ({cpu_s / PAYMENTS * 1e3:.2f} ms each), {PAYMENTS / wall_s:.0f}/s on this machine"
    )
    assert len(audit_view(database)) == len(pairs)
    record_property("asked_per_core_s", LEAST_PER_CORE)
