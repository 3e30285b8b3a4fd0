"""Laws of work after the answer: seen to its end, measured, never silent, never for ever."""

import asyncio
import logging
from typing import Any

from harness.errors import HarnessError
from harness.merchant import BUILTIN
from harness.merchant.later import Later
from harness.merchant.performance import Performance
from harness.simulation import run_virtual
from harness.stages import Timeline, current_timeline, stage


def new_later() -> tuple[Later, Performance]:
    performance = Performance(BUILTIN["overlapped"])
    return Later(performance), performance


def test_draining_waits_for_what_was_begun():
    """And for nothing, where nothing was."""
    done: list[str] = []

    async def work() -> None:
        await asyncio.sleep(1)
        done.append("done")

    async def main() -> None:
        later, _ = new_later()
        await later.drain(within_s=3)
        later.spawn(work())
        await later.drain(within_s=3)

    run_virtual(main())
    assert done == ["done"]


def test_work_without_end_is_cut_off_and_said(caplog: Any):
    """An operator's patience is shorter than some gateways'."""

    async def main() -> float:
        later, _ = new_later()
        later.spawn(asyncio.sleep(99))
        await later.drain(within_s=3)
        return asyncio.get_running_loop().time()

    assert run_virtual(main()) == 3
    assert "1 background tasks did not end" in caplog.text


def test_what_goes_wrong_is_logged(caplog: Any):
    """There is nobody left to tell."""

    async def fail() -> None:
        raise HarnessError("no room")

    async def main() -> None:
        later, _ = new_later()
        await later.spawn(fail())

    with caplog.at_level(logging.WARNING):
        run_virtual(main())
    assert "work after an answer failed: no room" in caplog.text


def test_its_stages_are_not_the_requests():
    """A header that was sent is not added to; the operator sees the stage all the same."""

    async def work() -> None:
        with stage("attach_payment"):
            await asyncio.sleep(0.1)

    async def main() -> tuple[list[Any], dict[str, Any]]:
        later, performance = new_later()
        timeline = Timeline(origin_ns=0)
        token = current_timeline.set(timeline)
        await later.spawn(work())
        current_timeline.reset(token)
        return timeline.stages, performance.to_dict()["stages"]

    stages, seen = run_virtual(main())
    assert stages == []
    assert seen["attach_payment"]["max_ms"] == 100
