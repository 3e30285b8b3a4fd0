"""Laws of a merchant as a whole: its payment times by hand, any set of flags, its end."""

import itertools
import random
from typing import Any

import httpx
import pytest

from harness.clock import now_ns
from harness.errors import ConfigurationError
from harness.merchant import BUILTIN, Optimization, build_merchant, find_variant

# Worked out by hand for profile `constant` (validations .25 each, other database trips .1, token
# lookup .2, grant 2, create and execute 1), with a token that is valid already where one is kept.
STEADY_S = {
    "sequential": (0.75 + 0.1 + 0.2 + 2.0 + 1.0 + 0.1) + (0.1 + 0.2 + 2.0 + 1.0 + 0.1),
    "stored": (0.75 + 0.1 + 0.2 + 1.0 + 0.1) + (0.1 + 0.2 + 1.0 + 0.1),
    "cached": (0.75 + 0.1 + 1.0 + 0.1) + (0.1 + 1.0 + 0.1),
    "parallel": (0.25 + 0.1 + 1.0 + 0.1) + (0.1 + 1.0 + 0.1),
    "prefetch": (0.25 + 0.1 + 1.0 + 0.1) + (0.1 + 1.0 + 0.1),
    "optimized": (0.25 + 0.1 + 1.0 + 0.1) + (0.1 + 1.0 + 0.1),
    "overlapped": (0.1 + 1.0) + (0.1 + 1.0 + 0.1),
}


async def timed_payment(world: Any, *, user_id: int) -> int:
    """Make one payment with a landing before it; return make-payment plus callback in ns."""
    await world.land(user_id)
    began_ns = now_ns()
    begun = await world.begin(user_id)
    made_ns = now_ns()
    callback = await world.approve(begun)
    returned_ns = now_ns()
    await world.come_back(callback)
    return made_ns - began_ns + now_ns() - returned_ns


@pytest.mark.parametrize("name", BUILTIN)
def test_payment_time_is_the_sum_worked_out_by_hand(name: str, play: Any):
    """In steady state each variant takes exactly as long as its stages say, to the nanosecond."""

    async def story(world: Any) -> int:
        assert await world.pay(user_id=1) == "success"
        return await timed_payment(world, user_id=2)

    assert play(story, variant=name) == round(STEADY_S[name] * 1e9)


def test_time_scale_shortens_every_wait_alike(play: Any):
    """At a tenth of the scale a payment takes a tenth of the time."""

    async def story(world: Any) -> int:
        return await timed_payment(world, user_id=2)

    assert play(story, variant="sequential", time_scale=0.1) == round(0.755e9)


@pytest.mark.parametrize("flags", [{flag} for flag in Optimization], ids=lambda f: min(f).value)
def test_every_flag_works_alone(flags: set[Optimization], play: Any):
    """A flag needs no other flag."""

    async def story(world: Any) -> dict[str, Any]:
        await world.land()
        await world.browser.post("/api/bkash/refresh-token")
        assert await world.pay() == "success"
        return await world.audit()

    assert play(story, variant=flags)["ok"]


def test_every_set_of_flags_sells_a_course(play: Any):
    """A sample of the 2,048 sets, with the empty and the full one: all pay, all audits are clean.

    Shuffled by a fixed seed; the sample covers each pair of flags both on and off.
    """
    flags = list(Optimization)
    sets = [set(itertools.compress(flags, bits)) for bits in itertools.product((0, 1), repeat=11)]
    sample = [set(), set(flags), *random.Random(2).sample(sets, 60)]

    async def story(world: Any) -> None:
        course = len(world.payments()) % 6 + 1
        user = len(world.payments()) // 6 + 1
        await world.land(user, course)
        assert await world.pay(user, course) == "success"

    for chosen in sample:
        play(story, variant=chosen, profile="fast")


def test_the_last_process_finds_the_books_of_all_before_it(play: Any):
    """A restart loses neither payments nor the key that signed their callbacks."""

    async def story(world: Any) -> str:
        callback = await world.approve(await world.begin())
        await world.restart()
        response = await world.come_back(callback)
        return response.headers["location"]

    assert "status=success" in play(story, variant="stored")


def test_stop_sees_late_work_to_its_end(play: Any):
    """What was promised after an answer is in the books when the process has ended."""

    async def story(world: Any) -> str:
        await world.land()
        await world.begin()
        assert world.state() == "initiated"
        await world.restart()
        return world.state()

    assert play(story, variant="overlapped") == "created"


def test_a_merchant_that_never_started_still_serves(play: Any):
    """Background work is a comfort: without it, payments go through."""

    async def story(world: Any) -> str:
        return await world.pay()

    assert play(story, variant="optimized", started=False) == "success"


def test_the_lifespan_starts_and_stops_the_merchant(play: Any):
    """Under a server, nobody has to call start and stop."""

    async def story(world: Any) -> list[str]:
        merchant = world.rebuild()
        events = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
        sent: list[str] = []

        async def receive() -> dict[str, str]:
            return events.pop(0)

        async def send(message: dict[str, Any]) -> None:
            sent.append(message["type"])

        await merchant.app({"type": "lifespan", "state": {}}, receive, send)
        return sent

    sent = play(story, variant="optimized")
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_a_missing_database_is_made(play: Any, tmp_path: Any):
    """The first start on a fresh machine needs no command before it."""

    async def story(world: Any) -> int:
        world.path.rename(tmp_path / "elsewhere")
        merchant = world.rebuild()
        await merchant.stop()
        return len(world.sql("SELECT 1 FROM users"))

    assert play(story) == 20


def test_a_gateway_address_that_cannot_be_used_is_refused(play: Any):
    """A merchant that cannot be wired is not left half open."""

    async def story(world: Any) -> None:
        settings = world.merchant.settings
        from dataclasses import replace

        with pytest.raises(ConfigurationError, match="ftp"):
            build_merchant(
                replace(settings, gateway_url="ftp://x"), transport=httpx.ASGITransport(None)
            )

    play(story)


def test_variants_are_found_by_name():
    """What the room offers is what the commands use."""
    assert find_variant("cached") is BUILTIN["cached"]
