"""Laws of being stopped."""

import asyncio
import os
import signal

import pytest

from harness.lab.interrupt import Interrupted, run_interruptible

pytestmark = pytest.mark.real_time


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_cancels_and_is_named(number):
    """Ctrl-C, kill and a closed terminal end the coroutine in order and are told apart."""
    ended: list[str] = []

    async def main() -> None:
        try:
            os.kill(os.getpid(), number)
            await asyncio.Event().wait()
        finally:
            ended.append("in order")

    with pytest.raises(Interrupted, match=f"stopped by {number.name}") as caught:
        run_interruptible(main())
    assert caught.value.signal_number == number
    assert ended == ["in order"]


def test_second_signal_does_not_disturb_the_end():
    """Somebody who presses Ctrl-C twice does not get half an end."""
    ended: list[str] = []

    async def main() -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.Event().wait()
        finally:
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.sleep(0.05)
            ended.append("in order")

    with pytest.raises(Interrupted):
        run_interruptible(main())
    assert ended == ["in order"]


def test_result_and_errors_pass_through():
    """Without a signal the coroutine's own result or error comes out."""

    async def well() -> int:
        return 7

    async def badly() -> int:
        raise ValueError("mine")

    assert run_interruptible(well()) == 7
    with pytest.raises(ValueError, match="mine"):
        run_interruptible(badly())


def test_signals_are_given_back():
    """Afterwards Ctrl-C is Python's again."""
    before = signal.getsignal(signal.SIGINT)

    async def main() -> None:
        return None

    run_interruptible(main())
    assert signal.getsignal(signal.SIGINT) is before
